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
