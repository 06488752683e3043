/** Delete many conversations: how many, a typed confirmation, and Archive instead. The server works; the tray shows how far it is. */
import { call } from '@earshot/client'
import { deleteConversations } from '@earshot/contracts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import type { Many } from '../exports/asked.ts'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { TextField } from '../ui/Field.tsx'
import { useBulk } from '../work/use-bulk.ts'
import { useFollowJob } from '../work/use-follow-job.ts'

export function DeleteManyDialog({ many, onClose }: { many: Many; onClose: () => void }) {
  const { t } = useTranslation(['deletion', 'common'])
  const [reason, setReason] = useState('')
  const follow = useFollowJob()
  const bulk = useBulk()
  const { selection, count } = many
  const done = () => {
    many.onAsked?.()
    onClose()
  }
  const remove = useMutation({
    mutationFn: () => call(deleteConversations, { body: { selection, reason: reason.trim() || undefined } }),
    onSuccess: (job) => {
      follow(job)
      done()
    },
    onError: tellProblem,
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={t('many.title', { count })}
      description={t('many.text')}
      verb={t('many.verb', { count })}
      cancel={t('common:cancel')}
      destructive
      busy={remove.isPending}
      phrase={{ text: String(count), label: t('many.phrase', { phrase: count }) }}
      alternative={
        <Button
          variant="quiet"
          busy={bulk.isPending}
          onClick={() => bulk.mutate({ selection, action: { type: 'archive' } }, { onSuccess: done })}
        >
          {t('archive')}
        </Button>
      }
      onConfirm={() => remove.mutate()}
    >
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
