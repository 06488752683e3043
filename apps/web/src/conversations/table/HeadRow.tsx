/** The header of the table: orders by a click, widths by dragging or by keys, and one box for all rows. */
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Flag from 'lucide-react/icons/flag'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Checkbox } from '../../ui/Choice.tsx'
import { Icon } from '../../ui/Icon.tsx'
import type { Hit } from '../queries.ts'
import { DEFAULT_SORT } from '../search.ts'
import { useAddress } from '../use-address.ts'
import { changeColumn, columnOf, fitWidth, type ShownColumn, sortAfterClick, sortedBy } from './columns.ts'
import { stuck } from './pinned.ts'
import { isSelected, type Selection } from './selection.ts'

type Props = {
  columns: readonly ShownColumn[]
  onColumns: (columns: ShownColumn[]) => void
  chosen: Selection
  rows: readonly Hit[]
  onRange: (ids: readonly string[], on: boolean) => void
}

export function HeadRow({ columns, onColumns, chosen, rows, onRange }: Props) {
  const { t } = useTranslation('table')
  const some = rows.some(({ id }) => isSelected(chosen, id))
  const every = some && rows.every(({ id }) => isSelected(chosen, id))
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a grid that is no table element
    <div className="thd tline" role="row" aria-rowindex={1} tabIndex={-1}>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="columnheader" className="stick ck" aria-colindex={1} tabIndex={-1}>
        <Checkbox
          checked={every}
          mixed={some && !every}
          aria-label={t('grid.selectAll')}
          onChange={() =>
            onRange(
              rows.map(({ id }) => id),
              !every,
            )
          }
        />
      </div>
      {columns.map((column, index) => (
        <HeadCell key={column.key} column={column} index={index} columns={columns} onColumns={onColumns} />
      ))}
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="columnheader" aria-colindex={columns.length + 2} tabIndex={-1}>
        <span className="sr">{t('column.actions')}</span>
      </div>
    </div>
  )
}

type CellProps = Pick<Props, 'columns' | 'onColumns'> & { column: ShownColumn; index: number }

function HeadCell({ column, index, columns, onColumns }: CellProps) {
  const { t } = useTranslation('table')
  const { search, filter } = useAddress()
  const now = sortedBy(search.sort ?? DEFAULT_SORT)
  const { sort, end } = columnOf(column.key)
  const sorted = sort !== undefined && now.name === sort
  const { className, style } = stuck(columns, index)
  const label = t(`column.${column.key}`)
  const name = column.key === 'flagged' ? <Icon of={Flag} size="s" /> : label
  const click = () => {
    const next = sortAfterClick(search.sort ?? DEFAULT_SORT, column.key)
    filter({ sort: next === DEFAULT_SORT ? undefined : next })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of a grid that is no table element
    <div
      role="columnheader"
      className={end ? `${className} r` : className}
      style={style}
      aria-colindex={index + 2}
      aria-sort={sorted ? (now.descending ? 'descending' : 'ascending') : sort ? 'none' : undefined}
      tabIndex={-1}
    >
      {sort ? (
        <button type="button" onClick={click}>
          {name}
          {sorted && <Icon of={now.descending ? ArrowDown : ArrowUp} size="xs" />}
        </button>
      ) : (
        <span title={column.key === 'flagged' ? label : undefined}>
          {name}
          {column.key === 'flagged' && <span className="sr">{label}</span>}
        </span>
      )}
      <Resizer
        label={t('columns.resize', { column: label })}
        width={column.width}
        onWidth={(width) => onColumns(changeColumn(columns, column.key, { width: fitWidth(width) }))}
      />
    </div>
  )
}

const STEP = 16

/** The edge of a column: dragged, or moved by the arrow keys. Only where it is let go is it kept. */
function Resizer({ label, width, onWidth }: { label: string; width: number; onWidth: (width: number) => void }) {
  const [drag, setDrag] = useState<{ from: number; by: number } | null>(null)
  const forward = (element: Element) => (getComputedStyle(element).direction === 'rtl' ? -1 : 1)
  const onPointerMove = (event: PointerEvent) => {
    if (drag) setDrag({ ...drag, by: (event.clientX - drag.from) * forward(event.currentTarget) })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? STEP : event.key === 'ArrowLeft' ? -STEP : 0
    if (by === 0) return
    event.preventDefault()
    event.stopPropagation()
    onWidth(width + by * forward(event.currentTarget))
  }
  return (
    <span
      className={drag ? 'resizer on' : 'resizer'}
      role="slider"
      tabIndex={-1}
      aria-orientation="horizontal"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={40}
      aria-valuemax={600}
      style={drag ? { translate: `${drag.by}px` } : undefined}
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        event.currentTarget.focus()
        setDrag({ from: event.clientX, by: 0 })
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        if (drag && drag.by !== 0) onWidth(width + drag.by)
        setDrag(null)
      }}
      onPointerCancel={() => setDrag(null)}
      onKeyDown={onKeyDown}
    />
  )
}
