/** What can be done with the rows that are chosen, as one job; its progress stands in the tray. */
import { Priority } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Archive from 'lucide-react/icons/archive'
import CircleDotDashed from 'lucide-react/icons/circle-dot-dashed'
import Download from 'lucide-react/icons/download'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Trash2 from 'lucide-react/icons/trash-2'
import UserRoundCheck from 'lucide-react/icons/user-round-check'
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useSession } from '../../app/session.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { askDeleteMany, askExport, type Many } from '../../exports/asked.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../../ui/Menu.tsx'
import { StageGlyph } from '../../ui/Stage.tsx'
import { useBulk } from '../../work/use-bulk.ts'
import { useFilterValues } from '../filter/use-values.ts'
import { stagesQuery } from '../queries.ts'
import { type ListFilter, ME, NONE } from '../search.ts'
import type { Act } from './act.ts'
import type { ShownColumn } from './columns.ts'
import { exportColumns } from './export-columns.ts'
import { asSelection, sizeOf, type useSelection } from './selection.ts'
import { TagForm } from './TagForm.tsx'

type Props = {
  selection: ReturnType<typeof useSelection>
  filter: ListFilter
  total: number
  only: boolean
  onOnly: (only: boolean) => void
  columns: readonly ShownColumn[]
}

export function BulkBar({ selection, filter, total, columns, only, onOnly }: Props) {
  const { t } = useTranslation('table')
  const may = useMay('operator')
  const mayTake = useMay('supervisor')
  const count = sizeOf(selection.selection, total)
  const bulk = useBulk()
  const act: Act = (action) =>
    bulk.mutate({ selection: asSelection(selection.selection, filter), action }, { onSuccess: selection.clear })
  useShortcuts([
    { keys: 'Esc', group: 'act', label: t('select.clear'), run: selection.clear },
    ...(may ? [{ keys: 'E', group: 'act' as const, label: t('bulk.close'), run: () => act({ type: 'close' }) }] : []),
  ])
  return (
    <section className="bulk" aria-label={t('select.bar')}>
      <span className="strong num" role="status">
        {t('select.count', { count })}
      </span>
      {!selection.selection.all && total > count && (
        <button type="button" className="link small" onClick={selection.all}>
          {t('select.all', { count: total })}
        </button>
      )}
      <Button size="sm" variant="quiet" aria-pressed={only} onClick={() => onOnly(!only)}>
        {t(only ? 'select.showAll' : 'select.showOnly')}
      </Button>
      <hr aria-hidden />
      {may && <Actions act={act} busy={bulk.isPending} />}
      {mayTake && (
        <TakeOut
          many={{ selection: asSelection(selection.selection, filter), count, onAsked: selection.clear }}
          columns={columns}
        />
      )}
      <hr aria-hidden />
      <IconButton label={t('select.clear')} icon={X} onClick={selection.clear} />
    </section>
  )
}

function Actions({ act, busy }: { act: Act; busy: boolean }) {
  const { t } = useTranslation('table')
  return (
    <>
      <TagForm act={act} />
      <StageMenu act={act} />
      <AssignMenu act={act} />
      <Button variant="quiet" icon={Archive} busy={busy} onClick={() => act({ type: 'archive' })}>
        {t('bulk.archive')}
      </Button>
      <MoreActions act={act} />
    </>
  )
}

/** Out of Earshot: as a file, or for good. */
function TakeOut({ many, columns }: { many: Many; columns: readonly ShownColumn[] }) {
  const { t } = useTranslation('table')
  return (
    <>
      <Button
        variant="quiet"
        icon={Download}
        onClick={() => askExport({ ...many, columns: exportColumns(columns.map(({ key }) => key)) })}
      >
        {t('bulk.export')}
      </Button>
      <Button variant="quiet" icon={Trash2} onClick={() => askDeleteMany(many)}>
        {t('bulk.delete')}
      </Button>
    </>
  )
}

function StageMenu({ act }: { act: Act }) {
  const { t } = useTranslation('table')
  const [open, setOpen] = useState(false)
  useShortcuts([{ keys: 'S', group: 'act', label: t('bulk.stage'), run: () => setOpen(true) }])
  const { data: stages = [] } = useQuery(stagesQuery)
  return (
    <Menu
      side="top"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="quiet" icon={CircleDotDashed}>
          {t('bulk.stage')}
        </Button>
      }
    >
      {stages.map(({ key, name, category }) => (
        <MenuItem key={key} onSelect={() => act({ type: 'stage', stage: key })}>
          <span className="row g3">
            <StageGlyph stageKey={key} category={category} />
            <span dir="auto">{name}</span>
          </span>
        </MenuItem>
      ))}
    </Menu>
  )
}

function AssignMenu({ act }: { act: Act }) {
  const { t } = useTranslation('table')
  const { member } = useSession()
  const people = useFilterValues()('assigneeId')
  const [open, setOpen] = useState(false)
  useShortcuts([{ keys: 'A', group: 'act', label: t('bulk.assign'), run: () => setOpen(true) }])
  const assign = (value: string) =>
    act({ type: 'assign', assigneeId: value === NONE ? null : value === ME ? member.id : value })
  return (
    <Menu
      side="top"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="quiet" icon={UserRoundCheck}>
          {t('bulk.assign')}
        </Button>
      }
    >
      {people.map(({ value, label }) => (
        <MenuItem key={value} onSelect={() => assign(value)}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  )
}

const PLAIN = ['close', 'reopen', 'unarchive', 'read', 'unread'] as const

function MoreActions({ act }: { act: Act }) {
  const { t } = useTranslation('table')
  return (
    <Menu side="top" align="end" trigger={<IconButton label={t('bulk.more')} icon={Ellipsis} />}>
      {PLAIN.map((type) => (
        <MenuItem key={type} onSelect={() => act({ type })}>
          {t(`bulk.${type}`)}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuLabel>{t('filter.field.priority')}</MenuLabel>
      {Priority.options.map((priority) => {
        const name = t(`filter.priority.${priority}`)
        return (
          <MenuItem key={priority} onSelect={() => act({ type: 'priority', priority })}>
            {name}
          </MenuItem>
        )
      })}
    </Menu>
  )
}
