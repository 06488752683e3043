/** The conversations as a table: toolbar, filters, rows, what to do with those chosen, and one of them in full over it. */
import { loadLate } from '../../app/load-late.ts'
import '../texts.ts'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { onceIdle } from '../../app/once-idle.ts'
import { useTitle } from '../../app/title.ts'
import { NewPlace } from '../list/NewPlace.tsx'
import { PartialNotice } from '../list/PartialNotice.tsx'
import { useList } from '../list/use-list.ts'
import { countsQuery, type Hit } from '../queries.ts'
import { unsorted } from '../search.ts'
import { useAddress, useListFilter } from '../use-address.ts'
import { useMediaQuery } from '../use-media-query.ts'
import { withHits, withoutHits } from './columns.ts'
import { FilterBar } from './FilterBar.tsx'
import { Grid } from './Grid.tsx'
import { PhoneHead } from './PhoneHead.tsx'
import { isSelected, type Selection, useSelection } from './selection.ts'
import { Toolbar } from './Toolbar.tsx'
import { useColumns } from './use-columns.ts'

const loadPanel = () =>
  loadLate(() => import('../../detail/ConversationPanel.tsx')).then((m) => ({ default: m.ConversationPanel }))
const ConversationPanel = lazy(loadPanel)

export default function TableScreen(): ReactNode {
  const { t } = useTranslation('table')
  const filter = useListFilter()
  const list = useList(filter)
  const { data: counts } = useQuery(countsQuery(unsorted(filter)))
  const { id, search } = useAddress()
  const phone = useMediaQuery('(max-width: 720px)')
  const columns = useColumns()
  const selection = useSelection(filter)
  const [choosing, setChoosing] = useState(false)
  const [only, setOnly] = useState(false)
  const { all, ids } = selection.selection
  if (only && !all && ids.size === 0) setOnly(false)
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  useTitle(t('title'))
  // After the rows stand, so that the first click finds it there.
  useEffect(() => onceIdle(() => void loadPanel().catch(() => {})), [])
  const total = counts?.total
  const shown = only ? onlySelected(list, selection.selection) : list
  const arrivals = (
    <NewPlace
      count={list.fresh}
      onApply={() => {
        list.apply()
        scroller?.scrollTo({ top: 0 })
      }}
    />
  )
  return (
    <section className="tablescreen" aria-label={t('title')}>
      {phone ? (
        <PhoneHead total={total} choosing={choosing} onChoosing={setChoosing} arrivals={arrivals} />
      ) : (
        <>
          <Toolbar total={total} columns={columns} arrivals={arrivals} />
          <FilterBar columns={columns.columns} />
        </>
      )}
      <PartialNotice query={list.query} />
      <Grid
        list={shown}
        only={only}
        onOnly={setOnly}
        filter={filter}
        total={total}
        columns={search.q ? withHits(columns.columns) : columns.columns}
        onColumns={(next) => columns.set(search.q ? withoutHits(next, columns.columns) : next)}
        selection={selection}
        phone={phone}
        choosing={choosing}
        scroller={scroller}
        onScroller={setScroller}
      />
      {id !== undefined && <OpenPanel id={id} rows={shown.rows} />}
    </section>
  )
}

type List = ReturnType<typeof useList>

/** The rows that are chosen, of those that were read; nothing more is asked for while only they are shown. */
function onlySelected(list: List, selection: Selection): List {
  const rows = list.rows.filter(({ id }) => isSelected(selection, id))
  if (rows.length === 0) return list
  return { ...list, rows, offset: 0, complete: true }
}

/** The open conversation, between its neighbours in the table. */
function OpenPanel({ id, rows }: { id: string; rows: readonly Hit[] }) {
  const { search, open, close } = useAddress()
  const here = rows.findIndex((row) => row.id === id)
  const neighbour = (by: number) => {
    const row = here < 0 ? undefined : rows[here + by]
    return row && (() => open(row.id, { at: row.match?.position ?? undefined }))
  }
  return (
    <Suspense>
      <ConversationPanel
        id={id}
        at={search.at}
        query={search.q}
        onClose={close}
        onPrevious={neighbour(-1)}
        onNext={neighbour(1)}
      />
    </Suspense>
  )
}
