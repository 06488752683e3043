/** The rows of the table: a grid for screen readers, of which only what is in sight is drawn. */
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { type KeyboardEvent, type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { agentsQuery } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { SkeletonRows } from '../../ui/States.tsx'
import { ListEmpty, ListFailed } from '../list/ListEmpty.tsx'
import { isPartial } from '../list/PartialNotice.tsx'
import { useHold } from '../list/use-hold.ts'
import type { useList } from '../list/use-list.ts'
import { useMore } from '../list/use-more.ts'
import { usePrefetch } from '../list/use-prefetch.ts'
import { useRowFocus } from '../list/use-row-focus.ts'
import { useRowWindow } from '../list/use-row-window.ts'
import { startWith, useScrollMemory } from '../list/use-scroll-memory.ts'
import type { Hit } from '../queries.ts'
import type { ListFilter } from '../search.ts'
import { useAddress } from '../use-address.ts'
import { BulkBar } from './BulkBar.tsx'
import type { ShownColumn } from './columns.ts'
import { GridRow } from './GridRow.tsx'
import { HeadRow } from './HeadRow.tsx'
import { PhoneRow } from './PhoneRow.tsx'
import { templateOf } from './pinned.ts'
import { SayContext, useWhatToSay } from './say.ts'
import { isSelected, sizeOf, type useSelection } from './selection.ts'

const ROW = 36
const PHONE_ROW = 61
const HEAD = 32

type Props = {
  list: ReturnType<typeof useList>
  filter: ListFilter
  total: number | undefined
  columns: readonly ShownColumn[]
  onColumns: (columns: ShownColumn[]) => void
  selection: ReturnType<typeof useSelection>
  /** Whether only the rows that are chosen are shown. */
  only: boolean
  onOnly: (only: boolean) => void
  phone: boolean
  /** On a phone: whether rows are being chosen rather than opened. */
  choosing: boolean
  scroller: HTMLDivElement | null
  onScroller: (element: HTMLDivElement | null) => void
}

export function Grid(props: Props): ReactNode {
  const { list, filter, total, selection, phone, scroller, onScroller } = props
  const { query, rows } = list
  const height = phone ? PHONE_ROW : ROW
  const hold = useHold(list.hold)
  const memory = useScrollMemory(filter, scroller, height)
  const waitsForFirst = query.isPending || (query.isPlaceholderData && rows.length === 0)
  return (
    <>
      <div
        className={clsx('scroll grow tscroll', query.isPlaceholderData && 'stale')}
        ref={onScroller}
        {...hold}
        onScroll={(event) => {
          hold.onScroll(event)
          memory.note(event.currentTarget.scrollTop)
        }}
        aria-busy={query.isPlaceholderData || undefined}
      >
        {waitsForFirst ? (
          <SkeletonRows rows={14} />
        ) : query.isError && rows.length === 0 ? (
          <ListFailed error={query.error} onRetry={() => void query.refetch()} />
        ) : rows.length === 0 ? (
          !isPartial(query) && <ListEmpty />
        ) : (
          scroller && <Rows {...props} scroller={scroller} height={height} start={memory.start} key={height} />
        )}
      </div>
      {sizeOf(selection.selection, total ?? 0) > 0 && (
        <BulkBar
          only={props.only}
          onOnly={props.onOnly}
          selection={selection}
          filter={filter}
          total={total ?? 0}
          columns={props.columns}
        />
      )}
    </>
  )
}

type RowsProps = Props & { scroller: HTMLDivElement; height: number; start: number }

function Rows({ list, total, columns, onColumns, selection, phone, choosing, scroller, height, start }: RowsProps) {
  const { query, rows, offset } = list
  const { kept, id: openId, open } = useAddress()
  const { member } = useSession()
  const companies = useCompanies()
  const covered = phone ? 0 : HEAD
  const [begin] = useState(() => {
    const at = rows.findIndex((row) => row.id === openId)
    return startWith(start, at < 0 ? at : offset + at, height, scroller.clientHeight - covered)
  })
  const count = offset + rows.length
  const { first, last, scrollTo } = useRowWindow({ scroller, count, height, begin, covered })
  const focus = useRowFocus(rows, openId, scroller, (i) => scrollTo(offset + i))
  useMore(list, first, last)
  const onHover = usePrefetch()
  const latest = useRef({ rows, open, selection })
  latest.current = { rows, open, selection }
  const onOpen = useCallback((row: Hit) => latest.current.open(row.id, { at: row.match?.position ?? undefined }), [])
  const say = useWhatToSay(onOpen)
  const onChoose = useCallback((id: string, extend: boolean) => {
    const order = latest.current.rows.map((row) => row.id)
    latest.current.selection.choose(id, order, extend)
  }, [])
  useSelectKeys(() => rows[focus.here()]?.id, onChoose)
  const chosen = selection.selection
  const drawn = rows.slice(Math.max(0, first - offset), Math.max(0, last - offset))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot leave out the rows that are not in sight
    <div
      role="grid"
      aria-label={say.t('grid.label')}
      aria-rowcount={(total ?? (query.hasNextPage ? -1 : count)) === -1 ? -1 : (total ?? count) + 1}
      aria-colcount={columns.length + 2}
      aria-multiselectable
      className={phone ? 'pgrid' : 'tgrid'}
      style={phone ? undefined : templateOf(columns)}
      onKeyDown={(event) => moveOn(event, focus, Math.max(1, Math.floor(scroller.clientHeight / height) - 2))}
      tabIndex={-1}
    >
      {!phone && (
        <HeadRow columns={columns} onColumns={onColumns} chosen={chosen} rows={rows} onRange={selection.range} />
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div className="tbody" role="rowgroup" style={{ height: count * height }}>
        <SayContext value={say}>
          {drawn.map((row, i) => {
            const index = Math.max(first, offset) + i
            const common = {
              row,
              index,
              top: index * height,
              memberId: member.id,
              isOpen: row.id === openId,
              selected: isSelected(chosen, row.id),
              tabStop: row.id === focus.tabStop,
              kept,
              onOpen,
              onChoose,
              onHover,
            }
            return phone ? (
              <PhoneRow key={row.id} {...common} choosing={choosing} />
            ) : (
              <GridRow
                key={row.id}
                {...common}
                columns={columns}
                company={companies.get(row.agent?.id ?? '') ?? null}
              />
            )
          })}
        </SayContext>
      </div>
    </div>
  )
}

function useCompanies(): ReadonlyMap<string, string | null> {
  const { data } = useQuery(agentsQuery)
  return useMemo(() => new Map(data?.map(({ id, company }) => [id, company])), [data])
}

function useSelectKeys(here: () => string | undefined, choose: (id: string, extend: boolean) => void): void {
  const { t } = useTranslation('table')
  const run = (extend: boolean) => () => {
    const id = here()
    if (id) choose(id, extend)
  }
  useShortcuts([
    { keys: 'X', group: 'act', label: t('keys.select'), run: run(false) },
    { keys: '⇧X', group: 'act', label: t('keys.selectTo'), run: run(true) },
  ])
}

/** Arrows and pages move the focus from row to row; what a cell holds is reached by Tab. */
function moveOn(event: KeyboardEvent, focus: ReturnType<typeof useRowFocus>, page: number): void {
  const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[event.key]
  const inField = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox'
  if (inField || event.ctrlKey || event.metaKey || event.altKey) return
  if (by !== undefined) focus.step(by)
  else if (event.key === 'Home') focus.goTo(0)
  else if (event.key === 'End') focus.goTo(Number.MAX_SAFE_INTEGER)
  else return
  event.preventDefault()
}
