/** One row of the table. A click anywhere but on a control opens it; its link is what the keys reach. */
import clsx from 'clsx'
import { type MouseEvent, memo, useEffect, useRef, useState } from 'react'
import { Checkbox } from '../../ui/Choice.tsx'
import { contactName } from '../names.ts'
import type { Hit } from '../queries.ts'
import type { ConversationSearch } from '../search.ts'
import { Cell } from './cells.tsx'
import { columnOf, type ShownColumn } from './columns.ts'
import { stuck } from './pinned.ts'
import { RowDelete, RowMenu } from './RowMenu.tsx'
import { useSay } from './say.ts'

export type RowProps = {
  row: Hit
  /** Its place in the whole list. */
  index: number
  top: number
  memberId: string
  isOpen: boolean
  selected: boolean
  tabStop: boolean
  kept: ConversationSearch
  onOpen: (row: Hit) => void
  onChoose: (id: string, extend: boolean) => void
  onHover: (id: string) => void
}

type Props = RowProps & { columns: readonly ShownColumn[]; company: string | null }

export const GridRow = memo(function GridRow({ columns, company, ...props }: Props) {
  const { row, index, top, memberId, isOpen, selected, tabStop, kept, onOpen, onChoose, onHover } = props
  const { t, words, mayDelete } = useSay()
  const changed = useChanged(row)
  const name = contactName(row.contact, words)
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a grid that is no table element
    // biome-ignore lint/a11y/useKeyWithClickEvents: the link in the row is its way by keys
    <div
      role="row"
      className={clsx('tline tr-g', selected && 'sel', isOpen && 'open', changed && 'chg')}
      style={{ transform: `translateY(${top}px)` }}
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-of={row.id}
      onClick={(event) => isForRow(event) && onOpen(row)}
      onPointerEnter={() => onHover(row.id)}
      onFocus={() => onHover(row.id)}
      tabIndex={-1}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="gridcell" className="stick ck" aria-colindex={1} tabIndex={-1}>
        <Checkbox
          checked={selected}
          aria-label={t('cell.select', { name })}
          tabIndex={tabStop ? 0 : -1}
          onClick={(event) => onChoose(row.id, event.shiftKey)}
          onChange={() => {}}
        />
      </div>
      {columns.map(({ key }, i) => {
        const { className, style } = stuck(columns, i)
        return (
          // biome-ignore lint/a11y/useSemanticElements: as above
          <div
            role="gridcell"
            key={key}
            className={columnOf(key).end ? `${className} r` : className}
            style={style}
            aria-colindex={i + 2}
            tabIndex={-1}
          >
            <Cell column={key} row={row} memberId={memberId} company={company} kept={kept} tabStop={tabStop} />
          </div>
        )
      })}
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="gridcell" className="acts" aria-colindex={columns.length + 2} tabIndex={-1}>
        {mayDelete && <RowDelete row={row} name={name} tabStop={tabStop} />}
        <RowMenu row={row} name={name} tabStop={tabStop} />
      </div>
    </div>
  )
})

/** Not on a control of its own, nor while text is being marked. */
export function isForRow(event: MouseEvent): boolean {
  const target = event.target instanceof Element ? event.target : null
  if (target?.closest('a, button, input, label, [role=menu]') || event.defaultPrevented) return false
  return (getSelection()?.toString() ?? '') === ''
}

const WASH_MS = 2_000

/** True for two seconds after what the row says became something else. */
function useChanged(row: Hit): boolean {
  const said = `${row.lastPosition} ${row.status} ${row.control} ${row.stage.key} ${row.outcome} ${row.quality} ${row.rating?.stars}`
  const before = useRef(said)
  const [changed, setChanged] = useState(false)
  useEffect(() => {
    if (before.current === said) return
    before.current = said
    setChanged(true)
    const timer = setTimeout(() => setChanged(false), WASH_MS)
    return () => clearTimeout(timer)
  }, [said])
  return changed
}
