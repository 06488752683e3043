/** Which conversations each queue of the inbox shows, and under which headings. */
import type { QueueItem } from '@earshot/contracts'
import type { QueueTab } from './inbox-search.ts'

export type GroupKey = 'offered' | 'mine' | 'past' | 'next' | 'held'
export interface Group {
  key: GroupKey
  items: QueueItem[]
}

const waits = ({ state }: QueueItem) => state !== 'held'
const isUnassigned = ({ state, team, conversation }: QueueItem) =>
  state === 'waiting' && team === null && conversation.assignee === null

/** No call is on the line. */
const NONE: ReadonlySet<string> = new Set()

export function countsOf(
  items: readonly QueueItem[],
  memberId: string,
  calling = NONE,
): Record<Exclude<QueueTab, 'board'>, number> {
  const count = (belongs: (item: QueueItem) => boolean) => items.filter(belongs).length
  return {
    needs: count(waits),
    // As the rail counts: what is only offered is not mine yet.
    mine: count(({ holder }) => holder?.id === memberId),
    unassigned: count(isUnassigned),
    calls: count(({ conversationId }) => calling.has(conversationId)),
  }
}

export const isMine = ({ holder, offer }: QueueItem, memberId: string): boolean =>
  holder?.id === memberId || offer?.member.id === memberId

/** The clock that runs now: the first answer while they wait, each further one once a person has them. */
export const clockOf = ({ state, clocks }: QueueItem) =>
  state === 'held' ? (clocks.firstAnswer ?? clocks.nextAnswer) : clocks.firstAnswer

export function isPast(item: QueueItem, now: number): boolean {
  const clock = clockOf(item)
  if (!clock) return false
  if (clock.breachedAt !== null) return true
  return clock.dueAt !== null && !item.clocks.paused && Date.parse(clock.dueAt) < now
}

/** `calling`: conversations with a call on the line. */
export function groupsOf(
  items: readonly QueueItem[],
  tab: QueueTab,
  memberId: string,
  now: number,
  calling = NONE,
): Group[] {
  const shown = items.filter((item) => {
    if (tab === 'mine') return isMine(item, memberId)
    if (tab === 'unassigned') return isUnassigned(item)
    if (tab === 'calls') return calling.has(item.conversationId)
    return true
  })
  const groupOf = (item: QueueItem): GroupKey => {
    if (item.offer?.member.id === memberId) return 'offered'
    if (item.state === 'held') return item.holder?.id === memberId ? 'mine' : 'held'
    return isPast(item, now) ? 'past' : 'next'
  }
  const order: GroupKey[] = ['offered', 'past', 'next', 'mine', 'held']
  return order
    .map((key) => ({ key, items: shown.filter((item) => groupOf(item) === key) }))
    .filter((group) => group.items.length > 0)
}
