/** Over the table: how many, the views, search, the order, the columns, and the way to the other drawing. */
import Download from 'lucide-react/icons/download'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { askExport } from '../../exports/asked.ts'
import { IconButton } from '../../ui/Button.tsx'
import { LayoutSwitch } from '../LayoutSwitch.tsx'
import { SearchField } from '../list/SearchField.tsx'
import { ViewTabs } from '../list/ViewTabs.tsx'
import { asBody, unsorted } from '../search.ts'
import { useListFilter } from '../use-address.ts'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import { exportColumns } from './export-columns.ts'
import { SortMenu } from './SortMenu.tsx'
import type { useColumns } from './use-columns.ts'

type Props = { total: number | undefined; columns: ReturnType<typeof useColumns>; arrivals: ReactNode }

export function Toolbar({ total, columns, arrivals }: Props) {
  const { t } = useTranslation('table')
  return (
    <div className="tbar">
      <h1 className="title">{t('title')}</h1>
      <Total count={total} />
      <ViewTabs />
      {arrivals}
      <SearchField placeholder={t('search.placeholder')} />
      <SortMenu />
      <ColumnsMenu columns={columns} />
      <ExportAll count={total ?? 0} columns={columns} />
      <LayoutSwitch />
    </div>
  )
}

/** All that the filter finds, with the columns as they are shown. */
function ExportAll({ count, columns }: { count: number; columns: Props['columns'] }) {
  const { t } = useTranslation('table')
  const may = useMay('supervisor')
  const filter = useListFilter()
  if (!may) return null
  const ask = () =>
    askExport({
      selection: { filter: asBody(unsorted(filter)) },
      count,
      columns: exportColumns(columns.columns.map(({ key }) => key)),
    })
  return <IconButton label={t('export')} icon={Download} onClick={ask} />
}

export function Total({ count }: { count: number | undefined }) {
  const { t } = useTranslation('table')
  return (
    <span className="t3 num total" role="status" aria-label={count === undefined ? undefined : t('total', { count })}>
      {count?.toLocaleString()}
    </span>
  )
}
