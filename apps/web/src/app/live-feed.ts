/** The one live feed of this page: opened with the session, heard by every screen that asks. */
import { createFeed, type Feed } from '@earshot/client'
import type { CallMoment, Delta, LiveEvent, Presence, Typing } from '@earshot/contracts'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { liveStatus } from './live-status.ts'
import { meQuery, useSession } from './session.ts'

export type Listener = {
  onEvent?: (event: LiveEvent) => void
  onDelta?: (delta: Delta) => void
  onTyping?: (typing: Typing) => void
  onPresence?: (presence: Presence) => void
  onCall?: (moment: CallMoment) => void
}

const listeners = new Set<Listener>()
/** Which conversations each screen shows; the feed is told of all of them together. */
const shown = new Map<symbol, readonly string[]>()
let feed: Feed | null = null

/** Opens the feed for as long as the workplace is on the screen. */
export function useLiveFeed(): void {
  const queries = useQueryClient()
  const { member, workspace } = useSession()
  useEffect(() => {
    const tell =
      <K extends keyof Listener>(what: K) =>
      (given: Parameters<NonNullable<Listener[K]>>[0]) => {
        for (const listener of listeners) (listener[what] as ((value: typeof given) => void) | undefined)?.(given)
      }
    const opened = createFeed({
      channel: `earshot:${workspace.id}:${member.id}`,
      onEvent: (event) => {
        refresh(queries, event)
        tell('onEvent')(event)
      },
      onDelta: tell('onDelta'),
      onTyping: tell('onTyping'),
      onPresence: tell('onPresence'),
      onCall: tell('onCall'),
      onStatus: liveStatus.set,
    })
    feed = opened
    sayShown()
    return () => {
      opened.close()
      if (feed === opened) feed = null
    }
  }, [queries, member.id, workspace.id])
}

/** Hears the feed while the component is mounted. Screens put events into the cache through their own reducers. */
export function useLive(listener: Listener): void {
  const latest = useRef(listener)
  latest.current = listener
  useEffect(() => {
    const mine: Listener = {
      onEvent: (event) => latest.current.onEvent?.(event),
      onDelta: (delta) => latest.current.onDelta?.(delta),
      onTyping: (typing) => latest.current.onTyping?.(typing),
      onPresence: (presence) => latest.current.onPresence?.(presence),
      onCall: (moment) => latest.current.onCall?.(moment),
    }
    listeners.add(mine)
    return () => {
      listeners.delete(mine)
    }
  }, [])
}

/** Says that these conversations are on the screen, so that the server sends their entries, deltas and typing. */
export function useFollow(conversationIds: readonly string[]): void {
  const joined = conversationIds.join(',')
  useEffect(() => {
    const mine = Symbol('follow')
    shown.set(mine, joined === '' ? [] : joined.split(','))
    sayShown()
    return () => {
      shown.delete(mine)
      sayShown()
    }
  }, [joined])
}

/** Resolves once the feed stands at a place, so that what is read after it misses nothing. */
export const feedStarted = async (): Promise<void> => feed?.started

/** Tries the line again now. */
export const wakeFeed = () => feed?.wake()

function sayShown(): void {
  feed?.follow([...new Set([...shown.values()].flat())].slice(0, 20))
}

/** What every screen shares: settings-like resources are read again; their query keys begin with the resource. */
function refresh(queries: QueryClient, event: LiveEvent): void {
  if (event.type === 'resync') void queries.invalidateQueries()
  if (event.type !== 'resource.changed') return
  void queries.invalidateQueries({ queryKey: [event.resource] })
  // Rows of the list carry the name and colour of their stage.
  if (event.resource === 'views') void queries.invalidateQueries({ queryKey: ['conversations', 'counts', 'views'] })
  if (event.resource === 'stages') void queries.invalidateQueries({ queryKey: ['conversations'] })
  if (event.resource === 'workspace' || event.resource === 'members') void queries.invalidateQueries(meQuery)
}
