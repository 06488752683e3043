/** Export a transcript: as which kind of document, and with or without the team's notes. */
import { TranscriptFormat } from '@earshot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, buttonClass } from '../ui/Button.tsx'
import { Checkbox, RadioCards } from '../ui/Choice.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import type { Named } from './asked.ts'

type Props = { conversation: Named; onClose: () => void }

export function TranscriptDialog({ conversation, onClose }: Props) {
  const { t } = useTranslation(['exports', 'common'])
  const [format, setFormat] = useState<TranscriptFormat>('pdf')
  const [notes, setNotes] = useState(false)
  const query = new URLSearchParams({ format, notes: notes ? '1' : '0' })
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={t('transcript.title')}
      description={t('transcript.text')}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <a
            className={buttonClass({ variant: 'primary' })}
            href={`/api/v1/conversations/${conversation.id}/transcript?${query}`}
            download
            onClick={() => setTimeout(onClose)}
          >
            {t('transcript.verb')}
          </a>
        </>
      }
    >
      <RadioCards
        label={t('format')}
        layout="pick"
        value={format}
        onChange={setFormat}
        options={TranscriptFormat.options.map((value) => ({
          value,
          title: t(`transcript.format.${value}.title`),
          text: t(`transcript.format.${value}.text`),
        }))}
      />
      <Checkbox checked={notes} onChange={setNotes}>
        {t('notes')} <span className="small t3">{t('noCoaching')}</span>
      </Checkbox>
    </Dialog>
  )
}
