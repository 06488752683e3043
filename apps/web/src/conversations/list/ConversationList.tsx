/** The list column: head, views, and a virtual list that never moves under the reader. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../app/session.ts'
import { SkeletonRows } from '../../ui/States.tsx'
import type { ListFilter } from '../search.ts'
import { useAddress, useListFilter } from '../use-address.ts'
import { useMediaQuery } from '../use-media-query.ts'
import { ConversationRow } from './ConversationRow.tsx'
import { ListEmpty, ListFailed } from './ListEmpty.tsx'
import { ListHead } from './ListHead.tsx'
import { NewPlace } from './NewPlace.tsx'
import { isPartial, PartialNotice } from './PartialNotice.tsx'
import { useHold } from './use-hold.ts'
import { useList } from './use-list.ts'
import { useMore } from './use-more.ts'
import { usePrefetch } from './use-prefetch.ts'
import { useRowFocus } from './use-row-focus.ts'
import { useRowWindow } from './use-row-window.ts'
import { startWith, useScrollMemory } from './use-scroll-memory.ts'
import { ViewTabs } from './ViewTabs.tsx'

const ROW = 70
const PHONE_ROW = 82

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
      <PartialNotice query={list.query} />
      <Rows list={list} filter={filter} scroller={scroller} onScroller={setScroller} />
    </section>
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
  const height = useMediaQuery('(max-width: 720px)') ? PHONE_ROW : ROW
  const memory = useScrollMemory(filter, scroller, height)
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
        !isPartial(query) && <ListEmpty />
      ) : (
        scroller && <VirtualRows list={list} scroller={scroller} height={height} start={memory.start} />
      )}
    </div>
  )
}

type VirtualProps = { list: List; scroller: HTMLDivElement; height: number; start: number }

function VirtualRows({ list, scroller, height, start }: VirtualProps) {
  const { t } = useTranslation('conversations')
  const { query, rows, offset } = list
  const { kept, id: openId } = useAddress()
  const { member } = useSession()
  const [begin] = useState(() => {
    const open = rows.findIndex((row) => row.id === openId)
    return startWith(start, open < 0 ? open : offset + open, height, scroller.clientHeight)
  })
  const count = offset + rows.length
  const { first, last, scrollTo } = useRowWindow({ scroller, count, height, begin })
  const { tabStop } = useRowFocus(rows, openId, scroller, (i) => scrollTo(offset + i))
  const onHover = usePrefetch()
  useMore(list, first, last)
  return (
    <ul className="vlist" aria-label={t('list.label')} style={{ height: count * height }}>
      {rows.slice(Math.max(0, first - offset), Math.max(0, last - offset)).map((row, i) => {
        const index = Math.max(first, offset) + i
        return (
          <li
            key={row.id}
            style={{ height, transform: `translateY(${index * height}px)` }}
            aria-setsize={query.hasNextPage ? -1 : count}
            aria-posinset={index + 1}
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
