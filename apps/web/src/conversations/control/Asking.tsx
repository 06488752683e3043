/** Two small questions of the team among itself: why this needs a look, and what it is called. The contact notices neither. */
import { call } from '@earshot/client'
import { type Conversation, changeConversation } from '@earshot/contracts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea, TextField } from '../../ui/Field.tsx'
import { usePutConversation } from '../use-put-conversation.ts'
import { useAct } from './use-act.ts'

type Props = { conversation: Conversation; open: boolean; onClose: () => void }

export function FlagDialog({ conversation, open, onClose }: Props) {
  const { t } = useTranslation(['conversations', 'common'])
  const act = useAct(conversation)
  const [reason, setReason] = useState('')
  const said = reason.trim()
  const raise = () => {
    if (said === '') return
    act({ action: { type: 'flag', reason: said }, said: t('work.done.flagged') })
    setReason('')
    onClose()
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('work.flagTitle')}
      description={t('work.flagText')}
      onSubmit={raise}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" disabled={said === ''}>
            {t('work.flag')}
          </Button>
        </>
      }
    >
      <TextArea
        label={t('work.flagReason')}
        value={reason}
        maxLength={500}
        rows={3}
        dir="auto"
        onChange={(event) => setReason(event.target.value)}
      />
    </Dialog>
  )
}

export function TitleDialog({ conversation, open, onClose }: Props) {
  const { t } = useTranslation(['conversations', 'common'])
  const put = usePutConversation()
  const { id } = conversation
  const [typed, setTyped] = useState<string | null>(null)
  const title = typed ?? conversation.title ?? ''
  const done = () => {
    setTyped(null)
    onClose()
  }
  const rename = useMutation({
    mutationFn: () => call(changeConversation, { params: { id }, body: { title: title.trim() || null } }),
    onSuccess: (changed) => {
      put(changed)
      done()
    },
    onError: tellProblem,
  })
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && done()}
      title={t('work.titleTitle')}
      onSubmit={() => {
        if (!rename.isPending) rename.mutate()
      }}
      footer={
        <>
          <Button onClick={done}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" busy={rename.isPending}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('work.titleLabel')}
        hint={t('work.titleHint')}
        value={title}
        maxLength={200}
        dir="auto"
        onChange={(event) => setTyped(event.target.value)}
      />
    </Dialog>
  )
}
