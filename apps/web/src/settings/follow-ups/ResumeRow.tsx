/** When the agent answers again by itself after a person fell silent. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { Switch } from '../../ui/Choice.tsx'
import { Input } from '../../ui/Field.tsx'
import { FormRow } from '../SettingsPage.tsx'
import { settingsQuery, usePlanCommands } from './use-follow-ups.ts'

const AT_FIRST = 60
const MOST_MINUTES = 129_600

export function ResumeRow() {
  const { t } = useTranslation('followUps')
  const may = useMay('admin')
  const { data } = useQuery(settingsQuery)
  const { resume } = usePlanCommands()
  const minutes = data?.resumeAfterMinutes ?? null
  const set = (text: string) => {
    const next = Number(text)
    if (Number.isInteger(next) && next >= 1 && next <= MOST_MINUTES && next !== minutes) resume.mutate(next)
  }
  return (
    <FormRow label={t('resume')} hint={t('resumeHint')}>
      <div className="row g3 silence">
        <Switch
          label={t('resumeOn')}
          checked={minutes !== null}
          disabled={!may || !data}
          onChange={(on) => resume.mutate(on ? AT_FIRST : null)}
        />
        {minutes !== null && (
          <Input
            key={minutes}
            type="number"
            min={1}
            max={MOST_MINUTES}
            aria-label={t('resumeMinutes')}
            defaultValue={minutes}
            disabled={!may}
            onBlur={(event) => set(event.target.value)}
          />
        )}
      </div>
    </FormRow>
  )
}
