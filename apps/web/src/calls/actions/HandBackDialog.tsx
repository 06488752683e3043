/** The agent speaks again, with a note if wanted. */
import type { Call } from '@earshot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/Field.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { agentOf } from '../names.ts'
import { stopSpeaking } from '../sound/on-air.ts'
import { useCallCommands } from './use-call-commands.ts'

export function HandBackDialog({ call, onClose }: { call: Call; onClose: () => void }) {
  const { t } = useTranslation('calls')
  const { release } = useCallCommands(call)
  const [note, setNote] = useState('')
  const agent = agentOf(call, t)
  const confirm = () => {
    if (release.isPending) return
    release.mutate(note.trim(), {
      onSuccess: ({ ticket }) => {
        stopSpeaking(ticket)
        toast.done(t('done.handedBack', { agent }))
      },
      onSettled: onClose,
    })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('handBack.title', { agent })}
      description={t('handBack.text', { agent })}
      onSubmit={confirm}
      footer={
        <>
          <Button onClick={onClose}>{t('end.cancel')}</Button>
          <Button type="submit" variant="primary" busy={release.isPending}>
            {t('handBack.verb')}
          </Button>
        </>
      }
    >
      <TextArea
        label={t('handBack.note', { agent })}
        hint={t('handBack.hint', { agent })}
        value={note}
        maxLength={4000}
        rows={3}
        dir="auto"
        onChange={(event) => setNote(event.target.value)}
      />
    </Dialog>
  )
}
