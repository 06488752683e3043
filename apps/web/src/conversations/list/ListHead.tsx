/** Title, search and the filters that are on. */
import ListFilterPlus from 'lucide-react/icons/list-filter-plus'
import Search from 'lucide-react/icons/search'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Chip } from '../../ui/Badge.tsx'
import { IconButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { useAddress } from '../use-address.ts'
import { FilterMenu } from './FilterMenu.tsx'
import { useActiveFilters } from './filter-words.ts'

export function ListHead() {
  const { t } = useTranslation('conversations')
  return (
    <div className="lhead">
      <div className="row">
        <h1 className="title grow">{t('title')}</h1>
        <FilterButton />
      </div>
      <SearchField />
      <Chips />
    </div>
  )
}

const TYPING_PAUSE_MS = 250

function SearchField() {
  const { t } = useTranslation('conversations')
  const { search, filter } = useAddress()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(search.q ?? '')
  const asked = useRef(search.q)
  const latest = useRef(filter)
  latest.current = filter
  useShortcuts([{ keys: '/', group: 'move', label: t('keys.search'), run: () => field.current?.select() }])
  // The address may change elsewhere: by the palette, by going back, by a chip.
  useEffect(() => {
    if (search.q === asked.current) return
    asked.current = search.q
    setTyped(search.q ?? '')
  }, [search.q])
  useEffect(() => {
    const q = typed.trim() || undefined
    if (q === asked.current) return
    const timer = setTimeout(() => {
      const first = asked.current === undefined
      asked.current = q
      latest.current({ q }, { replace: !first })
    }, TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
    if (typed) setTyped('')
    else field.current?.blur()
  }
  return (
    <label className="searchbox">
      <Icon of={Search} size="s" />
      <input
        ref={field}
        type="search"
        value={typed}
        maxLength={200}
        placeholder={t('search.placeholder')}
        aria-label={t('search.label')}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {!typed && <Kbd keys="/" />}
    </label>
  )
}

function FilterButton() {
  const { t } = useTranslation('conversations')
  const [open, setOpen] = useState(false)
  useShortcuts([{ keys: 'F', group: 'act', label: t('filter.add'), run: () => setOpen(true) }])
  return (
    <FilterMenu
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton size="sm" label={t('filter.add')} keys="F" icon={ListFilterPlus} />}
    />
  )
}

function Chips() {
  const { t } = useTranslation('conversations')
  const { search, filter } = useAddress()
  const active = useActiveFilters(search)
  if (active.length === 0) return null
  return (
    <div className="chips">
      {active.map((one) => (
        <Chip
          key={one.field}
          field={one.name}
          operator={one.operator}
          value={one.value}
          removeLabel={t('filter.remove', { filter: `${one.name} ${one.operator} ${one.value}` })}
          onRemove={() => filter({ [one.field]: undefined })}
        />
      ))}
    </div>
  )
}
