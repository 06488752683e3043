/** Which rows are chosen: some by hand, or all that the filter finds but for those taken out again. */
import type { ConversationSelection } from '@earshot/contracts'
import { useMemo, useRef, useState } from 'react'
import { asBody, type ListFilter, unsorted } from '../search.ts'

/** As many as a job takes by name. */
const MOST = 1000

export interface Selection {
  /** True: all that the filter finds, without `ids`; false: exactly `ids`. */
  all: boolean
  ids: ReadonlySet<string>
}

export const NOTHING: Selection = { all: false, ids: new Set() }

export const isSelected = ({ all, ids }: Selection, id: string) => ids.has(id) !== all

export function toggle({ all, ids }: Selection, id: string): Selection {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return next.size > MOST ? { all, ids } : { all, ids: next }
}

/** Makes a run of rows chosen, or unchosen. */
export function setRange({ all, ids }: Selection, range: readonly string[], on: boolean): Selection {
  const next = new Set(ids)
  for (const id of range) {
    if (on === all) next.delete(id)
    else if (next.size < MOST) next.add(id)
  }
  return { all, ids: next }
}

export const sizeOf = ({ all, ids }: Selection, total: number) => (all ? Math.max(0, total - ids.size) : ids.size)

/** What a job is told. */
export function asSelection({ all, ids }: Selection, filter: ListFilter): ConversationSelection {
  if (!all) return { ids: [...ids] }
  const except = ids.size > 0 ? [...ids] : undefined
  return { filter: asBody(unsorted(filter)), except }
}

/** The selection on one list; another filter begins with nothing chosen. */
export function useSelection(filter: ListFilter) {
  const wanted = JSON.stringify(unsorted(filter))
  const [state, setState] = useState<{ wanted: string; selection: Selection }>({ wanted, selection: NOTHING })
  const selection = state.wanted === wanted ? state.selection : NOTHING
  /** The row that was chosen last: a range begins there. */
  const anchor = useRef<string>(undefined)
  return useMemo(() => {
    const set = (change: (before: Selection) => Selection) =>
      setState((was) => ({ wanted, selection: change(was.wanted === wanted ? was.selection : NOTHING) }))
    return {
      selection,
      clear: () => set(() => NOTHING),
      all: () => set(() => ({ all: true, ids: new Set() })),
      /** Only these: after a job, those it could not do. */
      only: (ids: readonly string[]) => set(() => ({ all: false, ids: new Set(ids.slice(0, MOST)) })),
      range: (ids: readonly string[], on: boolean) => set((before) => setRange(before, ids, on)),
      /** One row, or with `extend` all from the one before to it, in the order given. */
      choose: (id: string, order: readonly string[], extend: boolean) => {
        const from = anchor.current === undefined ? -1 : order.indexOf(anchor.current)
        const to = order.indexOf(id)
        anchor.current = id
        set((before) => {
          if (!extend || from < 0 || to < 0) return toggle(before, id)
          return setRange(before, order.slice(Math.min(from, to), Math.max(from, to) + 1), true)
        })
      },
    }
  }, [selection, wanted])
}
