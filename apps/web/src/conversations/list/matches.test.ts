/** The views and filters as the screen judges them, which must be how the server does. */
import type { Conversation } from '@earshot/contracts'
import { expect, test } from 'vitest'
import { conversationLike } from '../test/conversation-like.ts'
import { countedAlike, inView, matches } from './matches.ts'

const ME = 'me'
const handoff = (state: NonNullable<Conversation['handoff']>['state']) => ({
  state,
  reason: null,
  by: null,
  requestedAt: null,
})

test('each view holds what its name says', () => {
  const active = conversationLike({})
  expect(inView(active, 'open', ME)).toBe(true)
  expect(inView(conversationLike({ control: 'operator' }), 'open', ME)).toBe(false)
  expect(inView(conversationLike({ status: 'closed' }), 'closed', ME)).toBe(true)
  expect(inView(conversationLike({ status: 'archived' }), 'closed', ME)).toBe(false)
  for (const state of ['queued', 'offered'] as const) {
    expect(inView(conversationLike({ handoff: handoff(state) }), 'needs_human', ME)).toBe(true)
    expect(inView(conversationLike({ handoff: handoff(state) }), 'transferred', ME)).toBe(true)
  }
  expect(inView(conversationLike({ handoff: handoff('accepted') }), 'needs_human', ME)).toBe(false)
  expect(inView(conversationLike({ handoff: handoff('accepted') }), 'transferred', ME)).toBe(true)
  expect(inView(conversationLike({ outcome: 'transferred' }), 'transferred', ME)).toBe(true)
  expect(inView(conversationLike({ unreadCount: 1 }), 'unread', ME)).toBe(true)
  expect(inView(conversationLike({ reviewedAt: '2026-11-20T09:00:00.000Z' }), 'reviewed', ME)).toBe(true)
})

test('mine is what I hold and is not over', () => {
  const assignee = { id: ME, name: 'Dana' }
  expect(inView(conversationLike({ assignee }), 'mine', ME)).toBe(true)
  expect(inView(conversationLike({ assignee }), 'mine', 'other')).toBe(false)
  expect(inView(conversationLike({ assignee, status: 'closed' }), 'mine', ME)).toBe(false)
})

test('values of one filter are either-or, filters are both-and', () => {
  const one = conversationLike({})
  expect(matches(one, { status: ['active', 'closed'], channel: ['widget'] }, ME)).toBe(true)
  expect(matches(one, { status: ['active'], channel: ['voip'] }, ME)).toBe(false)
  expect(matches(one, { view: 'closed', status: ['active'] }, ME)).toBe(false)
  expect(matches(conversationLike({ agent: null }), { agentId: ['a'] }, ME)).toBe(false)
})

test('a search only the server can judge, unless a filter already says no', () => {
  expect(matches(conversationLike({}), { q: 'roof' }, ME)).toBe('unknown')
  expect(matches(conversationLike({}), { q: 'roof', status: ['closed'] }, ME)).toBe(false)
})

test('counts are asked for again exactly when a view gains or loses the conversation', () => {
  const before = conversationLike({ unreadCount: 1 })
  expect(countedAlike(before, conversationLike({ unreadCount: 4, lastPosition: 9 }))).toBe(true)
  expect(countedAlike(before, conversationLike({ unreadCount: 0 }))).toBe(false)
  expect(countedAlike(before, conversationLike({ unreadCount: 1, control: 'paused' }))).toBe(false)
})

const about = (fields: Partial<Conversation>, filter: Parameters<typeof matches>[1]) =>
  matches(conversationLike(fields), filter, ME)

test('what is not wanted: none of the values may match, and who has no value is not excluded', () => {
  expect(about({}, { statusNot: ['closed', 'archived'] })).toBe(true)
  expect(about({}, { statusNot: ['active'] })).toBe(false)
  expect(about({ outcome: null }, { outcomeNot: ['failed'] })).toBe(true)
  expect(about({ agent: null }, { agentIdNot: ['a'] })).toBe(true)
  expect(about({ tags: [{ key: 'lang', value: 'de' }] }, { tagNot: ['lang:de'] })).toBe(false)
})

test('none stands for what has no value, me for whoever reads', () => {
  expect(about({ outcome: null }, { outcome: ['failed', 'none'] })).toBe(true)
  expect(about({ outcome: 'completed' }, { outcome: ['none'] })).toBe(false)
  expect(about({ agent: null }, { agentId: ['none'] })).toBe(true)
  expect(about({ flow: null }, { flowIdNot: ['none'] })).toBe(false)
  expect(about({ assignee: null }, { assigneeId: ['none'] })).toBe(true)
  expect(about({ assignee: { id: ME, name: 'Dana' } }, { assigneeId: ['me'] })).toBe(true)
  expect(about({ assignee: { id: 'other', name: 'Ben' } }, { assigneeId: ['me'] })).toBe(false)
  expect(about({ handoff: null }, { handoff: ['none'] })).toBe(true)
  expect(about({ tone: null }, { tone: ['none'] })).toBe(true)
})

test('ranges leave out what has no number; of a span the end is not part', () => {
  const rating = { stars: 4, comment: null }
  expect(about({ rating }, { minRating: 4 })).toBe(true)
  expect(about({ rating }, { minRating: 5 })).toBe(false)
  expect(about({ rating }, { maxRating: 3 })).toBe(false)
  expect(about({ rating: null }, { minRating: 1 })).toBe(false)
  expect(about({ quality: 60 }, { minQuality: 60, maxQuality: 79 })).toBe(true)
  expect(about({ quality: 80 }, { minQuality: 60, maxQuality: 79 })).toBe(false)
  expect(about({ quality: null }, { maxQuality: 100 })).toBe(false)
  const startedAt = '2026-11-20T09:00:00.000Z'
  expect(about({ startedAt }, { from: startedAt })).toBe(true)
  expect(about({ startedAt }, { to: startedAt })).toBe(false)
  expect(about({ startedAt: new Date().toISOString() }, { lastDays: 1 })).toBe(true)
  expect(about({ startedAt: new Date(Date.now() - 49 * 3_600_000).toISOString() }, { lastDays: 2 })).toBe(false)
})

test('what is so or is not', () => {
  expect(about({ rating: null }, { rated: 'false' })).toBe(true)
  expect(about({ unreadCount: 2 }, { unread: 'true' })).toBe(true)
  expect(about({ unreadCount: 2 }, { unread: 'false' })).toBe(false)
  expect(about({ flagCount: 1 }, { flagged: 'true' })).toBe(true)
  expect(about({ hasAudio: true }, { hasAudio: 'false' })).toBe(false)
  expect(about({ reviewedAt: null }, { reviewed: 'false' })).toBe(true)
})

test('which flags a row has, only the server can tell; that it has none, anybody', () => {
  expect(about({ flagCount: 1 }, { flag: ['no_reply'] })).toBe('unknown')
  expect(about({ flagCount: 1 }, { flagNot: ['no_reply'] })).toBe('unknown')
  expect(about({ flagCount: 0 }, { flag: ['no_reply'] })).toBe(false)
  expect(about({ flagCount: 0 }, { flagNot: ['no_reply'] })).toBe(true)
  expect(about({ flagCount: 1, status: 'closed' }, { flag: ['no_reply'], status: ['active'] })).toBe(false)
})
