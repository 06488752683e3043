/** The chips of the filters that are on, another one, none of them, and keeping them as a view. */
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { FilterChips, FilterOpener } from '../filter/FilterChips.tsx'
import { useActiveFilters } from '../filter/use-active-filters.ts'
import { NO_FILTERS } from '../search.ts'
import { useAddress } from '../use-address.ts'
import { SaveView } from '../views/SaveView.tsx'
import type { ShownColumn } from './columns.ts'

export function FilterBar({ columns }: { columns: readonly ShownColumn[] }) {
  const { t } = useTranslation('table')
  const { search, filter } = useAddress()
  const [open, setOpen] = useState(false)
  const active = useActiveFilters(search).length > 0
  useShortcuts([{ keys: 'F', group: 'act', label: t('filter.add'), run: () => setOpen(true) }])
  return (
    <div className="tbar fbar">
      <div className="chips grow">
        <FilterChips />
        <FilterOpener
          open={open}
          onOpenChange={setOpen}
          button={
            <button type="button" className="chip add" aria-label={t('filter.add')}>
              <span>
                <Icon of={Plus} size="xs" />
                {t('filter.short')}
              </span>
            </button>
          }
        />
      </div>
      {active && (
        <Button size="sm" variant="quiet" onClick={() => filter(NO_FILTERS)}>
          {t('filter.clearAll')}
        </Button>
      )}
      <SaveView columns={columns} />
    </div>
  )
}
