/** What is kept, how long a call may be, and what becomes of a caller whom nobody answers. */
import type { VoiceSettings } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { Checkbox, RadioCards } from '../../ui/Choice.tsx'
import { Input } from '../../ui/Field.tsx'
import { FormRow } from '../SettingsPage.tsx'
import type { RulesProps } from './Announcement.tsx'

const THEN = ['agent', 'voicemail', 'callback'] as const
/** What somebody who ticks the box means at first. */
const USUAL_DAYS = 90

export function CallRules({ value, disabled, onChange }: RulesProps & { disabled: boolean }) {
  const { t } = useTranslation('voice')
  return (
    <>
      <FormRow label={t('kept')} hint={t('keptHint')}>
        <div className="row g3 wrap">
          <Checkbox
            checked={value.recordingDays !== null}
            disabled={disabled}
            onChange={(on) => onChange({ recordingDays: on ? USUAL_DAYS : null })}
          >
            {t('keptFor')}
          </Checkbox>
          {value.recordingDays !== null && (
            <Amount
              label={t('keptDays')}
              unit={t('days')}
              value={value.recordingDays}
              from={1}
              to={3650}
              onChange={(recordingDays) => onChange({ recordingDays })}
            />
          )}
        </div>
      </FormRow>
      <FormRow label={t('maxMinutes')} hint={t('maxMinutesHint')}>
        <Amount
          label={t('maxMinutes')}
          unit={t('minutes')}
          value={value.maxMinutes}
          from={1}
          to={720}
          onChange={(maxMinutes) => onChange({ maxMinutes })}
        />
      </FormRow>
      <h2 className="title section">{t('queue')}</h2>
      <FormRow label={t('queueAfter')} hint={t('queueAfterHint')}>
        <Amount
          label={t('queueAfter')}
          unit={t('seconds')}
          value={value.queueAfterSeconds}
          from={10}
          to={3600}
          onChange={(queueAfterSeconds) => onChange({ queueAfterSeconds })}
        />
      </FormRow>
      <RadioCards<VoiceSettings['queueThen']>
        label={t('queueThen')}
        value={value.queueThen}
        onChange={(queueThen) => onChange({ queueThen })}
        options={THEN.map((then) => ({ value: then, title: t(`then.${then}`), text: t(`thenText.${then}`) }))}
      />
    </>
  )
}

type AmountProps = {
  label: string
  unit: string
  value: number
  from: number
  to: number
  onChange: (value: number) => void
}

export function Amount({ label, unit, value, from, to, onChange }: AmountProps) {
  const { t } = useTranslation('voice')
  const wrong = !Number.isInteger(value) || value < from || value > to
  return (
    <span className="row g2 wrap">
      <Input
        type="number"
        className="narrow"
        aria-label={label}
        aria-invalid={wrong || undefined}
        min={from}
        max={to}
        value={Number.isNaN(value) ? '' : value}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
      <span className="t2">{unit}</span>
      {wrong && (
        <span className="errmsg" role="alert">
          {t('between', { from, to })}
        </span>
      )}
    </span>
  )
}
