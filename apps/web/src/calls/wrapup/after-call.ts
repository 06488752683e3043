/** The minutes after a call: no offers come until it is wrapped up, or the time is over. */
import { call as ask } from '@earshot/client'
import { type Operator, setPresence } from '@earshot/contracts'
import type { QueryClient } from '@tanstack/react-query'
import { createStore, useStore } from '../../app/store.ts'
import { presenceQuery, queueKeys } from '../../inbox/queue-cache.ts'

const AFTER_MS = 120_000

/** Until when; null: I was not available before the call, or am again. */
const store = createStore<number | null>(null)
let timer: ReturnType<typeof setTimeout> | undefined

export const useAfterCall = () => useStore(store)

/** Only who was available is made so again. */
export async function beginAfterCall(cache: QueryClient): Promise<void> {
  const presence = await cache.fetchQuery(presenceQuery).catch(() => null)
  if (presence?.state !== 'available') return
  await put(cache, 'busy')
  until(cache, Date.now() + AFTER_MS)
}

export function moreTime(cache: QueryClient): void {
  const now = store.get()
  if (now !== null) until(cache, now + AFTER_MS)
}

/** True: offers come again. */
export async function endAfterCall(cache: QueryClient): Promise<boolean> {
  clearTimeout(timer)
  if (store.get() === null) return false
  store.set(null)
  const presence = await cache.fetchQuery(presenceQuery).catch(() => null)
  // Who chose something else meanwhile keeps it.
  if (presence?.state !== 'busy') return false
  await put(cache, 'available')
  return true
}

function until(cache: QueryClient, at: number): void {
  store.set(at)
  clearTimeout(timer)
  timer = setTimeout(() => void endAfterCall(cache), at - Date.now())
}

async function put(cache: QueryClient, state: 'busy' | 'available'): Promise<void> {
  const operator = await ask(setPresence, { body: { state, keepWork: true } }).catch(() => null)
  if (operator) cache.setQueryData<Operator>(queueKeys.presence, operator)
}
