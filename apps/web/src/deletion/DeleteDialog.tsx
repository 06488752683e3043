/** Delete one conversation: what will go, a typed confirmation, and Archive for those who only want it out of sight. */
import { call } from '@earshot/client'
import { archiveConversation, type DeletionContents, deleteConversation, previewDeletion } from '@earshot/contracts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { contactName } from '../conversations/names.ts'
import type { Named } from '../exports/asked.ts'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { TextField } from '../ui/Field.tsx'
import { toast } from '../ui/Toasts.tsx'

type Props = { conversation: Named; onClose: () => void }

const PARTS = [
  ...(['messages', 'notes', 'functions', 'attachments', 'audio', 'reviews'] as const),
  ...(['ratings', 'memories', 'visits', 'exports'] as const),
]

export function DeleteDialog({ conversation, onClose }: Props) {
  const { t } = useTranslation(['deletion', 'common'])
  const { t: words } = useTranslation('conversations')
  const [reason, setReason] = useState('')
  const { id, number } = conversation
  const params = { id }
  const { data: contents } = useQuery({
    queryKey: ['conversations', id, 'deletion'],
    queryFn: ({ signal }) => call(previewDeletion, { params, signal }),
    gcTime: 0,
  })
  const ended = { onSettled: onClose, onError: tellProblem }
  const remove = useMutation({
    mutationFn: () => call(deleteConversation, { params, body: { reason: reason.trim() || undefined } }),
    onSuccess: () => toast.done(t('done')),
    ...ended,
  })
  const archive = useMutation({
    mutationFn: () => call(archiveConversation, { params }),
    onSuccess: () => toast.done(t('archived')),
    ...ended,
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={t('title', { name: contactName(conversation.contact, words) })}
      description={t('text')}
      verb={t('verb')}
      cancel={t('common:cancel')}
      destructive
      busy={remove.isPending}
      phrase={{ text: String(number), label: t('phrase', { phrase: number }) }}
      alternative={
        conversation.status !== 'archived' && (
          <Button variant="quiet" busy={archive.isPending} onClick={() => archive.mutate()}>
            {t('archive')}
          </Button>
        )
      }
      onConfirm={() => remove.mutate()}
    >
      {contents && <Contents contents={contents} />}
      <TextField
        label={t('reason')}
        hint={t('reasonHint')}
        value={reason}
        maxLength={500}
        dir="auto"
        onChange={(event) => setReason(event.target.value)}
      />
    </ConfirmDialog>
  )
}

function Contents({ contents }: { contents: DeletionContents }) {
  const { t } = useTranslation('deletion')
  const parts = PARTS.filter((part) => contents[part] > 0)
  return (
    <ul className="deletion-parts" aria-label={t('goes')}>
      {parts.length === 0 && <li>{t('empty')}</li>}
      {parts.map((part) => (
        <li key={part}>{t(`part.${part}`, { count: contents[part] })}</li>
      ))}
    </ul>
  )
}
