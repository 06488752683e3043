/** What passes by and is stored nowhere: answers being written, who types, who is here. */
import {
  applyDelta,
  applyPresence,
  applyToDrafts,
  applyToTyping,
  applyTyping,
  type Draft,
  type Drafts,
  expireTyping,
  NO_DRAFTS,
  NO_PRESENCE,
  settleDrafts,
  type Typists,
  typingIn,
} from '@earshot/client'
import type { Delta, Entry, LiveEvent, Presence, Typing } from '@earshot/contracts'
import { useMemo, useSyncExternalStore } from 'react'
import { createStore, type Store, useStore } from '../app/store.ts'

const drafts = createStore<Drafts>(NO_DRAFTS)
const typists = createStore<Typists>([])
const presence = createStore<Presence>(NO_PRESENCE)
let cancelExpiry = () => {}

export const hearDelta = (delta: Delta) => drafts.set((state) => applyDelta(state, delta))
export const hearPresence = (next: Presence) => presence.set((state) => applyPresence(state, next))

export function hearTyping(typing: Typing): void {
  typists.set((state) => applyTyping(state, typing, Date.now()))
  expireLater()
}

export function hearEvent(event: LiveEvent): void {
  drafts.set((state) => applyToDrafts(state, event))
  typists.set((state) => applyToTyping(state, event))
}

/** Entries that were read rather than heard end the drafts they answer for. */
export const readEntries = (conversationId: string, entries: readonly Entry[]) =>
  drafts.set((state) => settleDrafts(state, conversationId, entries))

export function forgetLive(): void {
  drafts.set(NO_DRAFTS)
  typists.set([])
  presence.set(NO_PRESENCE)
}

function expireLater(): void {
  cancelExpiry()
  const soonest = Math.min(...typists.get().map((t) => t.until))
  if (!Number.isFinite(soonest)) return
  const timer = setTimeout(
    () => {
      typists.set((state) => expireTyping(state, Date.now()))
      expireLater()
    },
    Math.max(50, soonest - Date.now()),
  )
  cancelExpiry = () => clearTimeout(timer)
}

/** The answer being written in a conversation, and who writes it. */
export function useDraft(id: string): { draft: Draft; agentName: string } | null {
  const draft = useSelected(drafts, (state) => state.slots[id]?.draft ?? null)
  const agentName = useSelected(drafts, (state) => state.agents[id]?.name ?? '')
  return useMemo(() => draft && { draft, agentName }, [draft, agentName])
}

export function useTypists(id: string): Typing['who'][] {
  const all = useStore(typists)
  return useMemo(() => typingIn(all, id, Date.now()), [all, id])
}

/** Other operators who have the conversation open. */
export function useViewers(id: string, memberId: string): readonly { id: string; name: string }[] {
  const here = useSelected(presence, (state) => state.viewing[id])
  return useMemo(() => (here ?? []).filter((operator) => operator.id !== memberId), [here, memberId])
}

export const useContactOnline = (id: string) => useSelected(presence, (state) => state.contacts.includes(id))

function useSelected<S, T>(store: Store<S>, select: (state: S) => T): T {
  return useSyncExternalStore(store.subscribe, () => select(store.get()))
}
