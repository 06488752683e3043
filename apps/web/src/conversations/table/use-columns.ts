/** Which columns are drawn: those of the saved view that is open, else the reader's own. */
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useAddress } from '../use-address.ts'
import { useListPreferences, viewsQuery } from '../views.ts'
import { keptColumns, type ShownColumn, shownColumns } from './columns.ts'

export function useColumns() {
  const { search } = useAddress()
  const { data: views } = useQuery(viewsQuery)
  const { preferences, change } = useListPreferences()
  const view = views?.find(({ id }) => id === search.savedView)
  /** Changed while a view with columns of its own is open: they are the view's only once it is updated. */
  const [edited, setEdited] = useState<{ view: string; columns: ShownColumn[] } | null>(null)
  const kept = view?.columns ?? preferences?.columns
  const own = useMemo(() => shownColumns(kept), [kept])
  const columns = view && edited?.view === view.id ? edited.columns : own
  const set = (next: ShownColumn[]) => {
    if (view?.columns) setEdited({ view: view.id, columns: next })
    else change({ columns: keptColumns(next) })
  }
  const reset = () => (view?.columns ? setEdited(null) : change({ columns: null }))
  return { columns, set, reset, view }
}
