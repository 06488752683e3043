/** The list column: head, views, and a virtual list that never moves under the reader. */
import { useQueryClient } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import ArrowUp from 'lucide-react/icons/arrow-up'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../app/session.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Icon } from '../../ui/Icon.tsx'
import { SkeletonRows } from '../../ui/States.tsx'
import { conversationQuery, entriesQuery, type Hit } from '../queries.ts'
import type { ListFilter } from '../search.ts'
import { useAddress, useListFilter } from '../use-address.ts'
import { useMediaQuery } from '../use-media-query.ts'
import { ConversationRow } from './ConversationRow.tsx'
import { ListEmpty, ListFailed } from './ListEmpty.tsx'
import { ListHead } from './ListHead.tsx'
import { useHold } from './use-hold.ts'
import { useList } from './use-list.ts'
import { useRowFocus } from './use-row-focus.ts'
import { useScrollMemory } from './use-scroll-memory.ts'
import { ViewTabs } from './ViewTabs.tsx'

const ROW = 70
const PHONE_ROW = 82
const OVERSCAN = 12

export function ConversationList() {
  const { t } = useTranslation('conversations')
  const filter = useListFilter()
  const list = useList(filter)
  // As state, so that the virtual list is drawn once there is something to measure.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const applyNew = () => {
    list.apply()
    scroller?.scrollTo({ top: 0 })
  }
  return (
    <section className="lcol" aria-label={t('list.label')}>
      <ListHead />
      <div className="row viewrow">
        <ViewTabs />
        <NewPlace count={list.fresh} onApply={applyNew} />
      </div>
      <Rows list={list} filter={filter} scroller={scroller} onScroller={setScroller} />
    </section>
  )
}

/** The reserved place: what arrived waits here until it is asked in. */
function NewPlace({ count, onApply }: { count: number; onApply: () => void }) {
  const { t } = useTranslation('conversations')
  useShortcuts(count > 0 ? [{ keys: '.', group: 'move', label: t('list.applyNew'), run: onApply }] : [])
  return (
    <span role="status">
      {count > 0 && (
        <button type="button" className="newpill" onClick={onApply}>
          <Icon of={ArrowUp} size="xs" />
          {t('list.new', { count })}
        </button>
      )}
    </span>
  )
}

type List = ReturnType<typeof useList>

function Rows({
  list,
  filter,
  scroller,
  onScroller,
}: {
  list: List
  filter: ListFilter
  scroller: HTMLDivElement | null
  onScroller: (element: HTMLDivElement | null) => void
}) {
  const { query, rows } = list
  const hold = useHold(list.hold)
  const memory = useScrollMemory(filter, scroller)
  const waitsForFirst = query.isPending || (query.isPlaceholderData && rows.length === 0)
  return (
    <div
      className="scroll grow"
      ref={onScroller}
      {...hold}
      onScroll={(event) => {
        hold.onScroll(event)
        memory.note(event.currentTarget.scrollTop)
      }}
      aria-busy={query.isPlaceholderData || undefined}
    >
      {waitsForFirst ? (
        <SkeletonRows rows={9} />
      ) : query.isError && rows.length === 0 ? (
        <ListFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <ListEmpty />
      ) : (
        scroller && <VirtualRows list={list} scroller={scroller} start={memory.start} />
      )}
    </div>
  )
}

type VirtualProps = { list: List; scroller: HTMLDivElement; start: number }

function VirtualRows({ list, scroller, start }: VirtualProps) {
  const { t } = useTranslation('conversations')
  const { query, rows } = list
  const { kept, id: openId } = useAddress()
  const { member } = useSession()
  const height = useMediaQuery('(max-width: 720px)') ? PHONE_ROW : ROW
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => height,
    getItemKey: (i) => rows[i]?.id ?? i,
    overscan: OVERSCAN,
    initialOffset: start,
  })
  const measured = useRef(height)
  useEffect(() => {
    if (measured.current === height) return
    measured.current = height
    virtual.measure()
  }, [virtual, height])
  const tabStop = useRowFocus(rows, openId, scroller, (i) => virtual.scrollToIndex(i))
  const onHover = usePrefetch()
  const items = virtual.getVirtualItems()
  useMore(query, rows, items.at(-1)?.index ?? 0)
  return (
    <ul className="vlist" aria-label={t('list.label')} style={{ height: virtual.getTotalSize() }}>
      {items.map((item) => {
        const row = rows[item.index]
        if (!row) return null
        return (
          <li
            key={item.key}
            style={{ height, transform: `translateY(${item.start}px)` }}
            aria-setsize={query.hasNextPage ? -1 : rows.length}
            aria-posinset={item.index + 1}
          >
            <ConversationRow
              row={row}
              memberId={member.id}
              isOpen={row.id === openId}
              tabStop={row.id === tabStop}
              kept={kept}
              onHover={onHover}
            />
          </li>
        )
      })}
    </ul>
  )
}

/** Asks for the next page a little before the end comes into sight. */
function useMore(query: List['query'], rows: readonly Hit[], lastDrawn: number): void {
  const due =
    query.hasNextPage &&
    !query.isFetchingNextPage &&
    !query.isFetchNextPageError &&
    lastDrawn >= rows.length - OVERSCAN - 1
  const { fetchNextPage } = query
  useEffect(() => {
    if (due) void fetchNextPage()
  }, [due, fetchNextPage])
}

const HOVER_MS = 80

/** Resting the pointer on a row reads it ahead. */
function usePrefetch() {
  const cache = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(
    (id: string) => {
      clearTimeout(timer.current)
      timer.current = setTimeout(() => {
        void cache.prefetchQuery({ ...conversationQuery(cache, id), staleTime: 15_000 })
        void cache.prefetchQuery({ ...entriesQuery(cache, id), staleTime: 15_000 })
      }, HOVER_MS)
    },
    [cache],
  )
}
