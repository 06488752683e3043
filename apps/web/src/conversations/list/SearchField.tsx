/** Searches as one types, over everything the list can be searched for. */
import Search from 'lucide-react/icons/search'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { useAddress } from '../use-address.ts'

const TYPING_PAUSE_MS = 250

export function SearchField({ placeholder }: { placeholder: string }) {
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
        placeholder={placeholder}
        aria-label={t('search.label')}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {!typed && <Kbd keys="/" />}
    </label>
  )
}
