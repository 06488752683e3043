/** A list with nothing in it says what that means, and offers one way on. */
import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../app/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { type ActiveFilter, useActiveFilters } from '../filter/use-active-filters.ts'
import { countsQuery } from '../queries.ts'
import { filterOf, NO_FILTERS, unsorted } from '../search.ts'
import { useAddress, useListFilter } from '../use-address.ts'

/** A filter or the words searched for: whatever may hide what one is looking for. */
type Narrowing = Omit<ActiveFilter, 'field'>
const without = (names: Narrowing['names']) => Object.fromEntries(names.map((name) => [name, undefined]))

export function ListEmpty() {
  const { search } = useAddress()
  const { view } = useListFilter()
  const filters = useActiveFilters(search)
  const { t } = useTranslation('conversations')
  const query: Narrowing[] = search.q
    ? [{ names: ['q'], name: t('search.name'), operator: t('filter.is'), value: search.q }]
    : []
  const active: Narrowing[] = [...filters, ...query]
  if (active.length > 0) return <NothingFound active={active} />
  return <EmptyView view={view ?? 'all'} />
}

function EmptyView({ view }: { view: NonNullable<ReturnType<typeof useListFilter>['view']> }) {
  const { t } = useTranslation('conversations')
  const { filter } = useAddress()
  const art = { needs_human: 'inbox', mine: 'inbox', unread: 'check', reviewed: 'star' } as const
  return (
    <EmptyState
      art={view in art ? art[view as keyof typeof art] : 'wave'}
      title={t(`empty.${view}.title`)}
      text={t(`empty.${view}.text`)}
      actions={view !== 'all' && <Button onClick={() => filter({ view: 'all' })}>{t('empty.showAll')}</Button>}
    />
  )
}

/** Names the filter that hides most, and offers to take it away. */
function NothingFound({ active }: { active: Narrowing[] }) {
  const { t } = useTranslation('conversations')
  const { search, filter } = useAddress()
  const { view } = useListFilter()
  const counts = useQueries({
    queries: active.map(({ names }) =>
      countsQuery(unsorted(filterOf({ ...search, view, ...without(names) }, view ?? 'all'))),
    ),
  })
  const totals = counts.map(({ data }) => data?.total ?? 0)
  const most = Math.max(...totals)
  const hides = most > 0 ? active[totals.indexOf(most)] : undefined
  const clear = () => filter({ ...NO_FILTERS, q: undefined })
  return (
    <EmptyState
      art="search"
      title={t('nothingFound.title', { count: active.length })}
      text={
        hides && t('nothingFound.without', { filter: `${hides.name} ${hides.operator} ${hides.value}`, count: most })
      }
      actions={
        <>
          {hides && <Button onClick={() => filter(without(hides.names))}>{t('nothingFound.remove')}</Button>}
          {(active.length > 1 || !hides) && (
            <Button variant="quiet" onClick={clear}>
              {t('nothingFound.clear')}
            </Button>
          )}
        </>
      }
    />
  )
}

export function ListFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('conversations')
  return (
    <div role="alert">
      <EmptyState
        art="search"
        title={t('list.failed')}
        text={problemText(error)}
        actions={<Button onClick={onRetry}>{t('list.retry')}</Button>}
      />
    </div>
  )
}
