/** What the session was about, in a few sentences, with who wrote it and when. */
import type { Conversation, Review } from '@earshot/contracts'
import type { UseQueryResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemText } from '../app/problem.ts'
import { useMay, useSession } from '../app/session.ts'
import { Button } from '../ui/Button.tsx'
import { RelativeTime } from '../ui/RelativeTime.tsx'
import { Skeleton } from '../ui/States.tsx'
import { Regenerate } from './Regenerate.tsx'
import { Section } from './Section.tsx'
import { useRegenerate } from './use-regenerate.ts'

type Props = { conversation: Conversation; review: UseQueryResult<Review | null> }

export function SessionSummary({ conversation, review }: Props) {
  const { t } = useTranslation('conversations')
  const { data } = review
  return (
    <Section
      title={t('review.sessionSummary')}
      end={
        data && (
          <>
            <span title={t('review.by', { analyser: analyserName(data) })}>
              <RelativeTime at={data.createdAt} />
            </span>
            <Regenerate id={conversation.id} />
          </>
        )
      }
    >
      <Words conversation={conversation} review={review} />
    </Section>
  )
}

function Words({ conversation, review }: Props) {
  const { t } = useTranslation('conversations')
  const { data, isError, error, refetch } = review
  if (data === undefined && !isError && conversation.reviewedAt !== null)
    return <Skeleton height={48} className="sk-late" />
  if (isError && !data) {
    return (
      <div className="small t2">
        {problemText(error)}{' '}
        <Button size="sm" onClick={() => void refetch()}>
          {t('list.retry')}
        </Button>
      </div>
    )
  }
  if (!data) return <NotReviewed conversation={conversation} />
  if (!data.applicable) return <NotApplicable review={data} />
  return (
    <>
      <p className="prose" dir="auto">
        {data.sessionSummary ?? <span className="none">{t('review.noSummary')}</span>}
      </p>
      {data.throughPosition < lastSpoken(conversation) && (
        <p className="small t3">{t('review.behind', { position: data.throughPosition })}</p>
      )}
      <p className="small t3">{t('review.by', { analyser: analyserName(data) })}</p>
    </>
  )
}

/** Explains the wait, and offers not to. */
function NotReviewed({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const { workspace } = useSession()
  const may = useMay('operator')
  const regenerate = useRegenerate(conversation.id)
  return (
    <div className="col gap">
      <p className="t2">
        <span className="none">{t('review.notReviewed')}</span>{' '}
        {t('review.comes', { count: workspace.reviewAfterMinutes })}
      </p>
      {may && (
        <span>
          <Button size="sm" busy={regenerate.isPending} onClick={() => regenerate.mutate()}>
            {t('review.now')}
          </Button>
        </span>
      )}
    </div>
  )
}

function NotApplicable({ review }: { review: Review }) {
  const { t } = useTranslation('conversations')
  return (
    <p className="t2">
      <span className="none">{t('review.notApplicable')}</span> {review.notApplicableReason ?? t('review.tooShort')}
    </p>
  )
}

/** The review covers messages; activities after them change nothing. */
const lastSpoken = (conversation: Conversation) =>
  conversation.reviewedAt && conversation.lastMessageAt > conversation.reviewedAt ? conversation.lastPosition : 0

export function analyserName({ analyser, analyserVersion, model }: Review): string {
  return [`${analyser} ${analyserVersion}`, model].filter(Boolean).join(', ')
}
