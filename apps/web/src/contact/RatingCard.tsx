/** The contact's own stars and words; a supervisor may remove them, for good. */
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
import { Stars } from '../ui/Score.tsx'
import { Section } from './Section.tsx'

export function RatingCard({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation(['conversations', 'common'])
  const put = usePutConversation()
  const [asking, setAsking] = useState(false)
  const may = useMay('supervisor')
  const { rating, id } = conversation
  const remove = useMutation({
    mutationFn: () => call(deleteRating, { params: { id } }),
    onSuccess: put,
    onError: tellProblem,
    onSettled: () => setAsking(false),
  })
  return (
    <Section
      title={t('rating.title')}
      end={
        rating &&
        may && (
          <Button size="sm" variant="quiet" onClick={() => setAsking(true)}>
            {t('rating.remove')}
          </Button>
        )
      }
    >
      <Stars
        stars={rating?.stars ?? null}
        label={t('rating.stars', { count: rating?.stars ?? 0 })}
        none={t('rating.none')}
      />
      {rating?.comment && (
        <p className="prose asis" dir="auto">
          {rating.comment}
        </p>
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
    </Section>
  )
}
