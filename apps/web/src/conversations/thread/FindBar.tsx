/** Search in this conversation: the term, where of how many, up and down, and out. */
import CaseSensitive from 'lucide-react/icons/case-sensitive'
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronUp from 'lucide-react/icons/chevron-up'
import Search from 'lucide-react/icons/search'
import WholeWord from 'lucide-react/icons/whole-word'
import X from 'lucide-react/icons/x'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import type { Find } from './use-find.ts'
import { VOICES, type Voice } from './use-hits.ts'

export function FindBar({ find }: { find: Find }) {
  const { t } = useTranslation('detail')
  const field = useRef<HTMLInputElement>(null)
  const toField = () => {
    find.show()
    requestAnimationFrame(() => field.current?.select())
  }
  useShortcuts([{ keys: 'Ctrl F', group: 'move', label: t('keys.find'), run: toField }])
  if (!find.open) return null
  return <Bar find={find} field={field} />
}

function Bar({ find, field }: { find: Find; field: React.RefObject<HTMLInputElement | null> }) {
  const { t } = useTranslation('detail')
  const { query, setQuery, hits, step, close } = find
  useShortcuts([
    { keys: 'Ctrl G', group: 'move', label: t('find.next'), run: () => step(1) },
    { keys: 'Ctrl ⇧G', group: 'move', label: t('find.previous'), run: () => step(-1) },
  ])
  useFirstHit(find)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') {
      event.preventDefault()
      step(event.shiftKey ? -1 : 1)
    } else if (event.key === 'Escape') {
      event.stopPropagation()
      close()
    }
  }
  const none = hits.length === 0
  return (
    <search className="findbar">
      <label className="searchbox">
        <Icon of={Search} size="s" />
        <input
          ref={field}
          type="search"
          value={query}
          maxLength={200}
          dir="auto"
          aria-label={t('find.label')}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <span className="small num nowrap" role="status">
          <Place find={find} />
        </span>
      </label>
      <IconButton label={t('find.previous')} keys="⇧↵" icon={ChevronUp} disabled={none} onClick={() => step(-1)} />
      <IconButton label={t('find.next')} keys="↵" icon={ChevronDown} disabled={none} onClick={() => step(1)} />
      <Ways find={find} />
      <IconButton label={t('find.close')} keys="Esc" icon={X} onClick={close} />
    </search>
  )
}

/** Whose words, and how exactly. */
function Ways({ find: { ways, setWays } }: { find: Find }) {
  const { t } = useTranslation('detail')
  const { of, matchCase, wholeWord } = ways
  const turn = (voice: Voice) =>
    setWays({ ...ways, of: of.includes(voice) ? of.filter((one) => one !== voice) : [...of, voice] })
  return (
    <>
      {VOICES.map((voice) => (
        <Button key={voice} size="sm" className="hide-s" aria-pressed={of.includes(voice)} onClick={() => turn(voice)}>
          {t(`find.of.${voice}`)}
        </Button>
      ))}
      <IconButton
        label={t('find.case')}
        icon={CaseSensitive}
        pressed={matchCase}
        onClick={() => setWays({ ...ways, matchCase: !matchCase })}
      />
      <IconButton
        label={t('find.word')}
        icon={WholeWord}
        pressed={wholeWord}
        onClick={() => setWays({ ...ways, wholeWord: !wholeWord })}
      />
    </>
  )
}

/** "3 of 17"; a term that is on its way says nothing yet. */
function Place({ find }: { find: Find }) {
  const { t } = useTranslation('detail')
  const { query, hits, index, left, busy, failed } = find
  if (query.trim() === '') return null
  if (failed) return t('find.failed')
  if (hits.length === 0) return busy ? null : t('find.none')
  return t('find.place', { at: index < 0 ? 0 : index + 1 + left, count: hits.length + left })
}

/** A new term goes to its newest hit by itself, so that typing is enough. */
function useFirstHit({ query, hits, index, step }: Find): void {
  const told = useRef(query)
  useEffect(() => {
    if (told.current === query || hits.length === 0) return
    told.current = query
    if (index < 0) step(-1)
  }, [query, hits, index, step])
}
