/** Where the reader is, as the address bar says it, and how to go elsewhere without losing the filters. */
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useSession } from '../app/session.ts'
import { type ConversationSearch, filterOf, type ListFilter } from './search.ts'
import { useListPreferences } from './views.ts'

export function useAddress() {
  const search: ConversationSearch = useSearch({ from: '/work/conversations' })
  const { id } = useParams({ strict: false })
  const navigate = useNavigate()
  return useMemo(() => {
    const { at: _, pane: __, ...kept } = search
    return {
      search,
      id,
      /** The search part of a link to a conversation of this list. */
      kept,
      open: (to: string, place?: { at?: number }) =>
        void navigate({ to: '/conversations/$id', params: { id: to }, search: { ...kept, ...place } }),
      close: () => void navigate({ to: '/conversations', search: kept }),
      showDetails: (shown: boolean) => {
        if (id)
          void navigate({
            to: '/conversations/$id',
            params: { id },
            search: { ...kept, pane: shown ? 'details' : undefined },
          })
      },
      goTo: (position: number) => {
        if (id)
          void navigate({ to: '/conversations/$id', params: { id }, search: { ...kept, at: position }, replace: true })
      },
      /** Done with the place in the address; everything else stays. */
      leavePlace: () => {
        const { at: __, ...rest } = search
        if (id) void navigate({ to: '/conversations/$id', params: { id }, search: rest, replace: true })
      },
      /** Narrows or widens the list; the open conversation stays open. */
      filter: (change: Partial<ConversationSearch>, options: { replace?: boolean } = {}) => {
        const next = { ...kept, ...change }
        if (id) void navigate({ to: '/conversations/$id', params: { id }, search: next, ...options })
        else void navigate({ to: '/conversations', search: next, ...options })
      },
    }
  }, [search, id, navigate])
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
