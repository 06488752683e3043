/** Settings → Voice: the lines, what callers are told, what is kept, where calls may go. */
import './texts.ts'
import '../../styles/voice.css'
import type { VoiceSettings } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { LeaveGuard } from '../../app/LeaveGuard.tsx'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { useDraft } from '../../app/use-draft.ts'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { Announcement } from './Announcement.tsx'
import { CallRules } from './CallRules.tsx'
import { ContactsSection } from './ContactsSection.tsx'
import { LinesSection } from './LinesSection.tsx'
import { SpeechSection } from './speech/SpeechSection.tsx'
import { TransferRules } from './TransferRules.tsx'
import { useSaveVoice, voiceQuery } from './use-voice.ts'

export function VoiceScreen() {
  const { t } = useTranslation('voice')
  const settings = useQuery(voiceQuery)
  if (settings.data) return <Page settings={settings.data} />
  return (
    <SettingsPage documentTitle={t('title')} title={t('title')} lead={t('lead')}>
      <Loaded query={settings} rows={6}>
        {() => null}
      </Loaded>
    </SettingsPage>
  )
}

const isWhole = ({ transfersPerDay, queueAfterSeconds, maxMinutes, recordingDays }: VoiceSettings): boolean =>
  within(transfersPerDay, 0, 10_000) &&
  within(queueAfterSeconds, 10, 3600) &&
  within(maxMinutes, 1, 720) &&
  (recordingDays === null || within(recordingDays, 1, 3650))

const within = (value: number, from: number, to: number): boolean =>
  Number.isInteger(value) && value >= from && value <= to

function Page({ settings }: { settings: VoiceSettings }) {
  const { t } = useTranslation(['voice', 'common'])
  const draft = useDraft(settings)
  const may = useMay('admin')
  const save = useSaveVoice()
  const { value, change } = draft
  const onSuccess = () => {
    draft.reset()
    toast.done(t('saved'))
  }
  return (
    <SettingsPage
      documentTitle={t('title')}
      title={t('title')}
      lead={may ? t('lead') : t('readOnly')}
      actions={
        may && (
          <Button
            variant="primary"
            busy={save.isPending}
            disabled={!draft.changed || !isWhole(value)}
            onClick={() => save.mutate(value, { onSuccess })}
          >
            {t('common:save')}
          </Button>
        )
      }
    >
      {may && <LinesSection />}
      <fieldset disabled={!may}>
        <Announcement value={value} onChange={change} />
        <CallRules value={value} disabled={!may} onChange={change} />
        <TransferRules value={value} disabled={!may} onChange={change} />
      </fieldset>
      <ContactsSection />
      {may && <SpeechSection />}
      <LeaveGuard changed={draft.changed} />
    </SettingsPage>
  )
}
