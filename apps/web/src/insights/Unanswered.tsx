/** What nobody could answer: the questions asked most first; those that are settled on demand. */
import { useInfiniteQuery } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../app/problem.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { Banner, EmptyState, SkeletonRows } from '../ui/States.tsx'
import { Question } from './Question.tsx'
import { OPEN, type Period, SETTLED, unansweredQuery } from './use-insights.ts'

export function Unanswered({ period }: { period: Period }) {
  const { t } = useTranslation('insights')
  const [settled, setSettled] = useState(false)
  const questions = useInfiniteQuery(unansweredQuery(period, settled ? SETTLED : OPEN))
  const pages = questions.data?.pages ?? []
  const items = pages.flatMap((page) => page.items)
  const counts = pages[0]?.counts
  const open = counts ? counts.open + counts.drafted : 0
  return (
    <section className="panel ins-panel" aria-labelledby="unanswered">
      <header>
        <h2 id="unanswered">{t('unanswered.title')}</h2>
        {open > 0 && <Badge tone="warn">{t('unanswered.open', { count: open })}</Badge>}
        <span className="grow" />
        <button type="button" className="link small" onClick={() => setSettled(!settled)}>
          {t(settled ? 'unanswered.backToOpen' : 'unanswered.settled')}
        </button>
      </header>
      {questions.isError && items.length === 0 ? (
        <Banner tone="bad" icon={CircleAlert}>
          {problemText(questions.error)}
        </Banner>
      ) : questions.isPending ? (
        <SkeletonRows />
      ) : items.length === 0 ? (
        <EmptyState
          art="check"
          title={t(settled ? 'unanswered.noneSettled' : 'unanswered.none')}
          text={t(settled ? 'unanswered.noneSettledText' : 'unanswered.noneText')}
        />
      ) : (
        <ul>
          {items.map((question) => (
            <Question key={question.id} question={question} bucket={pages[0]!.bucket} others={items} />
          ))}
        </ul>
      )}
      {questions.hasNextPage && (
        <div className="row more">
          <Button busy={questions.isFetchingNextPage} onClick={() => void questions.fetchNextPage()}>
            {t('unanswered.more')}
          </Button>
        </div>
      )}
    </section>
  )
}
