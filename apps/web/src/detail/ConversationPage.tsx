/** A conversation on a page of its own; its neighbours are those of the list that the address describes. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../app/session.ts'
import { listQuery } from '../conversations/queries.ts'
import { type ConversationSearch, filterOf } from '../conversations/search.ts'
import { Detail } from './Detail.tsx'

export function ConversationPage() {
  const { t } = useTranslation('detail')
  const { id } = useParams({ from: '/work/conversations/$id/full' })
  const search: ConversationSearch = useSearch({ from: '/work/conversations/$id/full' })
  const { at, ...kept } = search
  const navigate = useNavigate()
  const neighbours = useNeighbours(id, kept)
  const open = (to: string | undefined) =>
    to === undefined
      ? undefined
      : () => void navigate({ to: '/conversations/$id/full', params: { id: to }, search: kept, replace: true })
  return (
    <section className="dpage" aria-label={t('page')}>
      <Detail
        id={id}
        frame="page"
        at={at}
        query={search.q}
        onLeave={() => void navigate({ to: '/conversations', search: kept })}
        onPrevious={open(neighbours.previous)}
        onNext={open(neighbours.next)}
      />
    </section>
  )
}

/** The rows beside it, as far as the list has been read; the next page is read before its end is reached. */
function useNeighbours(id: string, search: ConversationSearch): { previous?: string; next?: string } {
  const { workspace } = useSession()
  const filter = filterOf(search, workspace.defaultView === 'reviewed' ? 'reviewed' : 'all')
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(listQuery(filter))
  const rows = data?.pages.flatMap((page) => page.items) ?? []
  const here = rows.findIndex((row) => row.id === id)
  const atEnd = here >= 0 && here === rows.length - 1 && hasNextPage && !isFetchingNextPage
  useEffect(() => {
    if (atEnd) void fetchNextPage()
  }, [atEnd, fetchNextPage])
  return here < 0 ? {} : { previous: rows[here - 1]?.id, next: rows[here + 1]?.id }
}
