/** The review queue: one conversation after the other, its words at the start and its judgement at the end. */
import './texts.ts'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../app/Loaded.tsx'
import { useMay } from '../app/session.ts'
import { useTitle } from '../app/title.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/States.tsx'
import { Bar } from './Bar.tsx'
import { filterOf, type QueueSearch, readQueueSearch } from './queue-filter.ts'
import { Turn } from './Turn.tsx'
import { useTurn } from './use-turn.ts'

export function ReviewQueueScreen() {
  const { t } = useTranslation('judging')
  useTitle(t('queue.title'))
  if (useMay('operator')) return <Queue />
  return (
    <>
      <div className="bar">
        <h1 className="title">{t('queue.title')}</h1>
      </div>
      <EmptyState art="check" title={t('queue.title')} text={t('queue.viewer')} />
    </>
  )
}

function Queue() {
  const raw: Record<string, unknown> = useSearch({ from: '/work/review-queue' })
  const navigate = useNavigate()
  const search = useMemo(() => readQueueSearch(raw), [raw])
  const filter = useMemo(() => filterOf(search), [search])
  const { turn, done, skip, take } = useTurn(filter)
  const setSearch = (wanted: QueueSearch) => void navigate({ to: '/review-queue', search: wanted, replace: true })
  const item = turn.data?.item
  return (
    <>
      <Bar
        filter={filter}
        search={search}
        onSearch={setSearch}
        progress={turn.data?.progress}
        mine={item?.conversation.id}
        onTake={(id) => take.mutate(id)}
      />
      <Loaded query={turn} rows={6}>
        {() =>
          item ? (
            <Turn
              key={item.reviewId}
              item={item}
              busy={done.isPending || skip.isPending}
              onDone={(wish) => done.mutate(wish)}
              onSkip={(minutes) => skip.mutate(minutes)}
            />
          ) : (
            <Nothing filtered={Object.keys(search).length > 0} onClear={() => setSearch({})} />
          )
        }
      </Loaded>
    </>
  )
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation('judging')
  const navigate = useNavigate()
  return (
    <EmptyState
      art="check"
      title={t(filtered ? 'queue.emptyFilter' : 'queue.empty')}
      text={t('queue.emptyText')}
      actions={
        filtered ? (
          <Button onClick={onClear}>{t('queue.clear')}</Button>
        ) : (
          <Button onClick={() => void navigate({ to: '/conversations' })}>{t('queue.toConversations')}</Button>
        )
      }
    />
  )
}
