/** Over the table on a phone: the drawing, the filters behind one button, the order, search, and choosing rows. */

import ListChecks from 'lucide-react/icons/list-checks'
import ListFilter from 'lucide-react/icons/list-filter'
import Search from 'lucide-react/icons/search'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { loadLate } from '../../app/load-late.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { useActiveFilters } from '../filter/use-active-filters.ts'
import { LayoutSwitch } from '../LayoutSwitch.tsx'
import { SearchField } from '../list/SearchField.tsx'
import { ViewTabs } from '../list/ViewTabs.tsx'
import { useAddress } from '../use-address.ts'
import { SortMenu } from './SortMenu.tsx'
import { Total } from './Toolbar.tsx'

const FilterSheet = lazy(() => loadLate(() => import('../filter/FilterSheet.tsx')))

type Props = { total: number | undefined; choosing: boolean; onChoosing: (on: boolean) => void; arrivals: ReactNode }

export function PhoneHead({ total, choosing, onChoosing, arrivals }: Props) {
  const { t } = useTranslation('table')
  const { search } = useAddress()
  const active = useActiveFilters(search).length
  const [searching, setSearching] = useState(search.q !== undefined)
  const [filtering, setFiltering] = useState(false)
  return (
    <div className="phead-t">
      <div className="row">
        <h1 className="title">{t('title')}</h1>
        <Total count={total} />
        <span className="grow" />
        <LayoutSwitch />
      </div>
      <div className="row">
        <Button icon={ListFilter} onClick={() => setFiltering(true)}>
          {active === 0 ? t('filter.sheet') : t('filter.open', { count: active })}
        </Button>
        <SortMenu />
        <span className="grow" />
        {arrivals}
        <IconButton
          label={t('search.short')}
          icon={Search}
          pressed={searching}
          onClick={() => setSearching(!searching)}
        />
        <IconButton
          label={t(choosing ? 'select.stop' : 'select.start')}
          icon={ListChecks}
          pressed={choosing}
          onClick={() => onChoosing(!choosing)}
        />
      </div>
      {searching && <SearchField placeholder={t('search.placeholder')} />}
      <ViewTabs />
      {filtering && (
        <Suspense>
          <FilterSheet onClose={() => setFiltering(false)} />
        </Suspense>
      )}
    </div>
  )
}
