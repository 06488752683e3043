/** The head of the queue: how far the day is, what is in the queue and why, and which reviews it is about. */
import type { ReviewProgress, ReviewQueueFilter } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { Day } from './Day.tsx'
import { FilterChoice } from './FilterChoice.tsx'
import type { QueueSearch } from './queue-filter.ts'
import { WhyThese } from './WhyThese.tsx'

type Props = {
  filter: ReviewQueueFilter
  search: QueueSearch
  onSearch: (search: QueueSearch) => void
  progress: ReviewProgress | undefined
  /** What the reader has in hand. */
  mine: string | undefined
  onTake: (id: string) => void
}

export function Bar({ filter, search, onSearch, progress, mine, onTake }: Props) {
  const { t } = useTranslation('judging')
  return (
    <div className="bar review-bar">
      <h1 className="title">{t('queue.title')}</h1>
      {progress && <Day progress={progress} />}
      <span className="grow" />
      <FilterChoice filter={filter} search={search} onSearch={onSearch} />
      <WhyThese filter={filter} mine={mine} onTake={onTake} />
    </div>
  )
}
