/** Takes the contact's stars away for good, after a question; for operators. */
import { call } from '@earshot/client'
import { type Conversation, deleteRating } from '@earshot/contracts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { useMay } from '../app/session.ts'
import { usePutConversation } from '../conversations/use-put-conversation.ts'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'

type Props = { conversation: Conversation; look?: 'button' | 'link' }

export function RemoveRating({ conversation, look = 'button' }: Props) {
  const { t } = useTranslation(['conversations', 'common'])
  const put = usePutConversation()
  const [asking, setAsking] = useState(false)
  const may = useMay('operator')
  const { rating, id } = conversation
  const remove = useMutation({
    mutationFn: () => call(deleteRating, { params: { id } }),
    onSuccess: put,
    onError: tellProblem,
    onSettled: () => setAsking(false),
  })
  if (!rating || !may) return null
  return (
    <>
      {look === 'link' ? (
        <button type="button" className="link small linkbtn" onClick={() => setAsking(true)}>
          {t('rating.remove')}
        </button>
      ) : (
        <Button size="sm" variant="quiet" onClick={() => setAsking(true)}>
          {t('rating.remove')}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('rating.removeTitle')}
        description={t('rating.removeText')}
        verb={t('rating.remove')}
        cancel={t('common:cancel')}
        destructive
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      />
    </>
  )
}
