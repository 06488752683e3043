/** The document's title: how many conversations wait unread, what the page is, and the product. */
import { useEffect } from 'react'
import { createStore, useStore } from './store.ts'

const unread = createStore(0)

/** Called by whoever knows the count; the title of every page carries it. */
export const setUnreadTotal = unread.set
/** How many wait for a person; on the way into the inbox. */
const waiting = createStore(0)
export const setWaitingTotal = waiting.set
/** Calls in progress; on the way to them. */
const calls = createStore(0)
export const setCallTotal = calls.set
export const useCallTotal = () => useStore(calls)
export const useWaitingTotal = () => useStore(waiting)

export const useUnreadTotal = () => useStore(unread)

export function useTitle(page: string | null | undefined): void {
  const count = useUnreadTotal()
  useEffect(() => {
    const name = page ? `${page} · Earshot` : 'Earshot'
    document.title = count > 0 ? `(${count > 99 ? '99+' : count}) ${name}` : name
  }, [page, count])
}
