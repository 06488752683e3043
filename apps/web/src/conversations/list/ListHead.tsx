/** Title, search and the filters that are on. */
import ListFilterPlus from 'lucide-react/icons/list-filter-plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../app/shortcuts.ts'
import { IconButton } from '../../ui/Button.tsx'
import { FilterChips, FilterOpener } from '../filter/FilterChips.tsx'
import { LayoutSwitch } from '../LayoutSwitch.tsx'
import { SearchField } from './SearchField.tsx'

export function ListHead() {
  const { t } = useTranslation('conversations')
  return (
    <div className="lhead">
      <div className="row">
        <h1 className="title grow">{t('title')}</h1>
        <LayoutSwitch />
      </div>
      <SearchField placeholder={t('search.placeholder')} />
      <Chips />
    </div>
  )
}

function Chips() {
  const { t } = useTranslation('table')
  const [open, setOpen] = useState(false)
  useShortcuts([{ keys: 'F', group: 'act', label: t('filter.add'), run: () => setOpen(true) }])
  return (
    <div className="chips">
      <FilterChips />
      <FilterOpener
        open={open}
        onOpenChange={setOpen}
        button={<IconButton size="sm" label={t('filter.add')} keys="F" icon={ListFilterPlus} />}
      />
    </div>
  )
}
