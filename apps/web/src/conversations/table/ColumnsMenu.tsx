/** Which columns, in which order, which of them stay; for oneself, or kept in the view that is open. */
import { call } from '@earshot/client'
import { changeView } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import Columns3 from 'lucide-react/icons/columns-3'
import GripVertical from 'lucide-react/icons/grip-vertical'
import Lock from 'lucide-react/icons/lock'
import Pin from 'lucide-react/icons/pin'
import Search from 'lucide-react/icons/search'
import { type DragEvent, type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../app/problem.ts'
import { useMay, useSession } from '../../app/session.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Popover } from '../../ui/Popover.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { viewsQuery } from '../views.ts'
import {
  ALWAYS,
  COLUMN_KEYS,
  type ColumnKey,
  changeColumn,
  keptColumns,
  moveColumn,
  type ShownColumn,
  toggleColumn,
} from './columns.ts'
import type { useColumns } from './use-columns.ts'

type Props = { columns: ReturnType<typeof useColumns> }

export function ColumnsMenu({ columns }: Props) {
  const { t } = useTranslation('table')
  const counted = { shown: columns.columns.length, all: COLUMN_KEYS.length }
  return (
    <Popover
      align="end"
      label={t('columns.title')}
      className="colmenu"
      trigger={
        <Button variant="quiet" icon={Columns3} aria-label={t('columns.open', counted)}>
          <span className="num">{t('columns.short', counted)}</span>
        </Button>
      }
    >
      <Choices columns={columns} counted={counted} />
    </Popover>
  )
}

function Choices({
  columns: { columns, set, reset, view },
  counted,
}: Props & { counted: { shown: number; all: number } }) {
  const { t } = useTranslation('table')
  const [typed, setTyped] = useState('')
  const fits = (key: ColumnKey) => t(`column.${key}`).toLocaleLowerCase().includes(typed.trim().toLocaleLowerCase())
  const hidden = COLUMN_KEYS.filter((key) => !columns.some((one) => one.key === key))
  return (
    <>
      <div className="row colhead">
        <span className="strong grow">{t('columns.title')}</span>
        <span className="small t3 num">{t('columns.short', counted)}</span>
      </div>
      <label className="searchbox">
        <Icon of={Search} size="s" />
        <input
          type="search"
          value={typed}
          placeholder={t('columns.find')}
          aria-label={t('columns.find')}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <div className="scroll collist">
        {columns.map((one, index) =>
          fits(one.key) ? <ShownRow key={one.key} one={one} index={index} columns={columns} set={set} /> : null,
        )}
        {hidden.some(fits) && <div className="mlabel">{t('columns.hidden')}</div>}
        {hidden.filter(fits).map((key) => (
          <div className="colrow" key={key}>
            <span />
            <Checkbox
              checked={false}
              aria-label={t('columns.show', { column: t(`column.${key}`) })}
              onChange={() => set(toggleColumn(columns, key))}
            />
            <span className="grow tr">{t(`column.${key}`)}</span>
          </div>
        ))}
      </div>
      <div className="mfoot">
        <Button size="sm" variant="quiet" onClick={reset}>
          {t('columns.standard')}
        </Button>
        <span className="grow" />
        {view && <KeepInView view={view} columns={columns} />}
      </div>
    </>
  )
}

type RowProps = {
  one: ShownColumn
  index: number
  columns: ShownColumn[]
  set: (columns: ShownColumn[]) => void
}

function ShownRow({ one, index, columns, set }: RowProps) {
  const { t } = useTranslation('table')
  const column = t(`column.${one.key}`)
  const always = one.key === ALWAYS
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (by === 0) return
    event.preventDefault()
    set(moveColumn(columns, one.key, index + by))
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    const key = columns.find(({ key }) => key === event.dataTransfer.getData(DRAGGED))?.key
    if (key) set(moveColumn(columns, key, index))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging is the second way; the handle takes the arrow keys
    <div
      className="colrow"
      draggable
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, one.key)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onDrop}
    >
      <button type="button" className="grip" aria-label={t('columns.move', { column })} onKeyDown={onKeyDown}>
        <Icon of={GripVertical} size="s" />
      </button>
      {always ? (
        <Icon of={Lock} size="s" className="t3" />
      ) : (
        <Checkbox
          checked
          aria-label={t('columns.show', { column })}
          onChange={() => set(toggleColumn(columns, one.key))}
        />
      )}
      <span className="grow tr">
        {column}
        {always && <span className="small t3"> {t('columns.always')}</span>}
      </span>
      <IconButton
        size="sm"
        label={t(one.pinned ? 'columns.unpin' : 'columns.pin', { column })}
        pressed={one.pinned}
        icon={Pin}
        onClick={() => set(changeColumn(columns, one.key, { pinned: !one.pinned }))}
      />
    </div>
  )
}

const DRAGGED = 'text/earshot-column'

/** Keeps the columns in the view itself: one's own, or a shared one, which then changes for everyone. */
function KeepInView({
  view,
  columns,
}: {
  view: NonNullable<ReturnType<typeof useColumns>['view']>
  columns: ShownColumn[]
}) {
  const { t } = useTranslation('table')
  const cache = useQueryClient()
  const { member } = useSession()
  const admin = useMay('admin')
  const { mutate, isPending } = useMutation({
    mutationFn: () => call(changeView, { params: { id: view.id }, body: { columns: keptColumns(columns) } }),
    onSuccess: (changed) => {
      cache.setQueryData(viewsQuery.queryKey, (all) => all?.map((one) => (one.id === changed.id ? changed : one)))
      toast.done(t('columns.kept', { name: changed.name }))
    },
    onError: (error) => toast.failed(problemText(error)),
  })
  if (view.owner.id !== member.id && !(admin && view.shared)) return null
  return (
    <Button size="sm" variant="primary" busy={isPending} onClick={() => mutate()}>
      {t(view.shared ? 'columns.everyone' : 'columns.onlyView')}
    </Button>
  )
}
