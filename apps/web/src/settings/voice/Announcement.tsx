/** Recording, and what callers are told of it before anybody speaks; it can be heard here first. */
import { call } from '@earshot/client'
import { sayAloud, type VoiceSettings } from '@earshot/contracts'
import { useMutation } from '@tanstack/react-query'
import Volume2 from 'lucide-react/icons/volume-2'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Choice.tsx'
import { TextArea } from '../../ui/Field.tsx'
import { FormRow } from '../SettingsPage.tsx'

export interface RulesProps {
  value: VoiceSettings
  onChange: (edits: Partial<VoiceSettings>) => void
}

export function Announcement({ value, onChange }: RulesProps) {
  const { t } = useTranslation('voice')
  const said = [value.record ? value.announcement : '', value.listeningNotice]
    .map((text) => text.trim())
    .join(' ')
    .trim()
  return (
    <section aria-labelledby="voice-recording">
      <h2 className="title section" id="voice-recording">
        {t('recording')}
      </h2>
      <FormRow label={t('record')} hint={t('recordHint')}>
        <Switch label={t('record')} checked={value.record} onChange={(record) => onChange({ record })} />
      </FormRow>
      <FormRow label={t('toldFirst')} hint={t('toldFirstHint')}>
        <TextArea
          label={t('announcement')}
          hint={value.record ? t('announcementHint') : t('announcementOff')}
          value={value.announcement}
          maxLength={1000}
          rows={2}
          dir="auto"
          onChange={(event) => onChange({ announcement: event.target.value })}
        />
        <TextArea
          label={t('listeningNotice')}
          hint={t('listeningNoticeHint')}
          value={value.listeningNotice}
          maxLength={500}
          rows={2}
          dir="auto"
          onChange={(event) => onChange({ listeningNotice: event.target.value })}
        />
        <Hear text={said} />
      </FormRow>
    </section>
  )
}

/** Longer ones are cut for the ear only. */
const MOST_HEARD = 300

function Hear({ text }: { text: string }) {
  const { t } = useTranslation('voice')
  const playing = useRef<HTMLAudioElement | null>(null)
  useEffect(() => () => playing.current?.pause(), [])
  const say = useMutation({
    mutationFn: (words: string) => call(sayAloud, { body: { text: words.slice(0, MOST_HEARD) } }),
    onSuccess: ({ audio }) => {
      playing.current?.pause()
      playing.current = new Audio(`data:audio/wav;base64,${audio}`)
      void playing.current.play().catch(tellProblem)
    },
    onError: tellProblem,
  })
  return (
    <div className="row g2 wrap below">
      <Button size="sm" icon={Volume2} busy={say.isPending} disabled={text === ''} onClick={() => say.mutate(text)}>
        {t('hear')}
      </Button>
      <span className="small t3">{text === '' ? t('hearNothing') : t('hearHint')}</span>
    </div>
  )
}
