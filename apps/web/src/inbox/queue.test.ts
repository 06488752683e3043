/** How the inbox holds the queue: in its order, kept true by events, under the right headings. */
import { compareInQueue, HANDOFF_REASONS, type QueueItem } from '@earshot/contracts'
import { expect, test } from 'vitest'
import { conversationLike } from '../conversations/test/conversation-like.ts'
import conversations from '../i18n/en/conversations.json'
import { shortTime } from './clock-words.ts'
import { countsOf, groupsOf } from './groups.ts'
import { applyToItems, isOf } from './queue-cache.ts'
import { inQueueOrder } from './queue-order.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const minutes = (n: number) => new Date(NOW + n * 60_000).toISOString()
const me = { id: 'me', name: 'Me' }
const ruben = { id: 'ruben', name: 'Ruben' }

function item(id: string, more: Partial<QueueItem> = {}): QueueItem {
  return {
    conversationId: id,
    conversation: conversationLike({ id }),
    state: 'waiting',
    reason: 'contact_asked',
    requestedAt: minutes(-3),
    priority: 'normal',
    load: 'chat',
    skills: [],
    team: null,
    waits: { reason: 'next', opensAt: null },
    offer: null,
    misses: 0,
    holder: null,
    routed: null,
    previousOwner: null,
    clocks: {
      firstAnswer: { startedAt: minutes(-3), dueAt: minutes(2), breachedAt: null },
      nextAnswer: null,
      paused: false,
    },
    ...more,
  }
}
const changed = (one: QueueItem | null, id = one?.conversationId ?? '') =>
  ({ type: 'queue.changed', conversationId: id, item: one }) as const
const ids = (items: readonly QueueItem[]) => items.map(({ conversationId }) => conversationId)

test('the order is the contract’s', () => {
  const all = (['low', 'urgent', 'normal', 'high'] as const).flatMap((priority, i) =>
    [3, 1, 2].map((age) => item(`${priority} ${age} ${i}`, { priority, requestedAt: minutes(-age) })),
  )
  expect(ids(all.toSorted(inQueueOrder))).toEqual(ids(all.toSorted(compareInQueue)))
})

test('events bring, move and take away items; a bounce keeps the old place', () => {
  const all = () => true
  let items = [item('a', { requestedAt: minutes(-9) }), item('b')]
  items = applyToItems(items, changed(item('c', { requestedAt: minutes(-5) })), all)
  expect(ids(items)).toEqual(['a', 'c', 'b'])
  items = applyToItems(items, changed(item('b', { priority: 'urgent' })), all)
  expect(ids(items)).toEqual(['b', 'a', 'c'])
  const offer = { id: 'o', member: me, at: minutes(0), until: minutes(1) }
  items = applyToItems(items, changed(item('a', { requestedAt: minutes(-9), state: 'offered', offer })), all)
  expect(ids(items)).toEqual(['b', 'a', 'c'])
  expect(ids(applyToItems(items, changed(null, 'a'), all))).toEqual(['b', 'c'])
})

test('what is mine is what I hold or am offered, and leaves when somebody else takes it', () => {
  const offer = { id: 'o', member: me, at: minutes(0), until: minutes(1) }
  const mine = applyToItems([], changed(item('a', { state: 'offered', offer })), isOf('me'))
  expect(ids(mine)).toEqual(['a'])
  expect(applyToItems(mine, changed(item('a', { state: 'held', holder: ruben })), isOf('me'))).toEqual([])
})

test('groups: offered to me first, then past target, next, mine, a colleague’s', () => {
  const late = { startedAt: minutes(-9), dueAt: minutes(-1), breachedAt: null }
  const items = [
    item('late', { clocks: { firstAnswer: late, nextAnswer: null, paused: false } }),
    item('stopped', { clocks: { firstAnswer: late, nextAnswer: null, paused: true } }),
    item('next'),
    item('offered', { state: 'offered', offer: { id: 'o', member: me, at: minutes(0), until: minutes(1) } }),
    item('mine', { state: 'held', holder: me }),
    item('theirs', { state: 'held', holder: ruben }),
  ]
  const shown = groupsOf(items, 'needs', 'me', NOW).map((group) => [group.key, ids(group.items)])
  expect(shown).toEqual([
    ['offered', ['offered']],
    ['past', ['late']],
    ['next', ['stopped', 'next']],
    ['mine', ['mine']],
    ['held', ['theirs']],
  ])
  expect(countsOf(items, 'me')).toEqual({ needs: 4, mine: 1, unassigned: 3, calls: 0 })
})

test('the time on a ring is short', () => {
  expect([48_000, -48_000, 599_000, 720_000, 3_600_000 * 3, 86_400_000 * 2].map(shortTime)).toEqual([
    '0:48',
    '0:48',
    '9:59',
    '12m',
    '3h',
    '2d',
  ])
})

test('every reason of a handoff is said in words', () => {
  const words: Record<string, string> = conversations.reason
  expect(HANDOFF_REASONS.filter((reason) => !words[reason])).toEqual([])
})
