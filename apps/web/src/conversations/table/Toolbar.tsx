/** Over the table: how many, the views, search, the order, the columns, and the way to the other drawing. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LayoutSwitch } from '../LayoutSwitch.tsx'
import { SearchField } from '../list/SearchField.tsx'
import { ViewTabs } from '../list/ViewTabs.tsx'
import { ColumnsMenu } from './ColumnsMenu.tsx'
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
      <LayoutSwitch />
    </div>
  )
}

export function Total({ count }: { count: number | undefined }) {
  const { t } = useTranslation('table')
  return (
    <span className="t3 num total" role="status" aria-label={count === undefined ? undefined : t('total', { count })}>
      {count?.toLocaleString()}
    </span>
  )
}
