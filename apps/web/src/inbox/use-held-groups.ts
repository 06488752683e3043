/** The list stands still while somebody is inside it: rows keep their places, what is new waits to be asked in. */
import type { QueueItem } from '@earshot/contracts'
import { useRef, useState } from 'react'
import type { Group } from './groups.ts'

export interface Shown extends Omit<Group, 'items'> {
  items: (QueueItem & { gone?: boolean })[]
}

export function useHeldGroups(groups: Group[], all: readonly QueueItem[]) {
  const latest = useRef(groups)
  latest.current = groups
  const [held, setHeld] = useState<Group[] | null>(null)
  const byId = new Map(all.map((item) => [item.conversationId, item]))
  const known = new Set(held?.flatMap(({ items }) => items.map(({ conversationId }) => conversationId)))
  const shown: Shown[] = held
    ? held.map(({ key, items }) => ({
        key,
        items: items.map((item) => byId.get(item.conversationId) ?? { ...item, gone: true }),
      }))
    : groups
  const fresh = held ? groups.flatMap(({ items }) => items).filter((item) => !known.has(item.conversationId)).length : 0
  return {
    shown,
    fresh,
    hold: (on: boolean) => setHeld(on ? latest.current : null),
    apply: () => setHeld((was) => was && latest.current),
  }
}
