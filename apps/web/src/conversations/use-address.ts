/** Where the reader is, as the address bar says it, and how to go elsewhere without losing the filters. */
import { useLocation, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useSession } from '../app/session.ts'
import { type ConversationSearch, filterOf, type ListFilter } from './search.ts'
import { useListPreferences } from './views.ts'

/** A conversation opens in the list, or in the inbox: the same view, each with an address of its own. */
const PLACES = {
  list: { all: '/conversations', one: '/conversations/$id' },
  inbox: { all: '/inbox', one: '/inbox/$id' },
} as const

export function useAddress() {
  const search: ConversationSearch = useSearch({ strict: false })
  const { id } = useParams({ strict: false })
  const inInbox = useLocation({ select: ({ pathname }) => /^\/inbox(?:\/|$)/.test(pathname) })
  const navigate = useNavigate()
  return useMemo(() => {
    const { at: _, pane: __, ...kept } = search
    const place = PLACES[inInbox ? 'inbox' : 'list']
    const go = (to: string | undefined, next: ConversationSearch, options: { replace?: boolean } = {}) => {
      if (to === undefined) void navigate({ to: place.all, search: next, ...options })
      else void navigate({ to: place.one, params: { id: to }, search: next, ...options })
    }
    return {
      search,
      id,
      inInbox,
      /** The search part of a link to a conversation of this list. */
      kept,
      open: (to: string, at?: { at?: number }) => go(to, { ...kept, ...at }),
      close: () => go(undefined, kept),
      showDetails: (shown: boolean) => {
        if (id) go(id, { ...kept, pane: shown ? 'details' : undefined })
      },
      goTo: (position: number) => {
        if (id) go(id, { ...kept, at: position }, { replace: true })
      },
      /** Done with the place in the address; everything else stays. */
      leavePlace: () => {
        const { at: ___, ...rest } = search
        if (id) go(id, rest, { replace: true })
      },
      /** Narrows or widens the list; the open conversation stays open. */
      filter: (change: Partial<ConversationSearch>, options: { replace?: boolean } = {}) =>
        go(id, { ...kept, ...change }, options),
    }
  }, [search, id, inInbox, navigate])
}

/** Split or table: as the address says, else as the reader likes it; undefined until that is known. */
export function useLayout(): 'split' | 'table' | undefined {
  const { search } = useAddress()
  const { preferences, known } = useListPreferences()
  return search.layout ?? (known ? (preferences?.layout ?? 'split') : undefined)
}

export function useListFilter(): ListFilter {
  const { search } = useAddress()
  const { workspace } = useSession()
  const defaultView = workspace.defaultView === 'reviewed' ? 'reviewed' : 'all'
  // By its content: going to another conversation leaves the filter, and what hangs on it, as it was.
  const content = JSON.stringify(filterOf(search, defaultView))
  return useMemo((): ListFilter => JSON.parse(content), [content])
}
