/** Typing ends by itself, and presence draws nothing twice. */
import type { LiveEvent, Typing } from '@earshot/contracts'
import { expect, test } from 'vitest'
import {
  applyPresence,
  applyToTyping,
  applyTyping,
  expireTyping,
  NO_PRESENCE,
  TYPING_MS,
  typingIn,
} from './apply-typing.ts'
import { entry } from './test/samples.ts'

const ada: Typing = { conversationId: 'a', who: { kind: 'operator', id: 'ada', name: 'Ada' }, active: true }
const visitor: Typing = { conversationId: 'a', who: { kind: 'contact', id: null, name: null }, active: true }

test('typing shows until it is unsaid, or eight seconds pass', () => {
  const state = applyTyping(applyTyping([], ada, 0), visitor, 1000)
  expect(typingIn(state, 'a', 1000)).toEqual([ada.who, visitor.who])
  expect(typingIn(state, 'b', 1000)).toEqual([])
  expect(typingIn(state, 'a', TYPING_MS)).toEqual([visitor.who])
  expect(typingIn(applyTyping(state, { ...ada, active: false }, 1000), 'a', 1000)).toEqual([visitor.who])
  expect(typingIn(applyTyping(state, ada, 5000), 'a', 5000)).toHaveLength(2)
  expect(expireTyping(state, 1000)).toBe(state)
  expect(expireTyping(state, TYPING_MS)).toHaveLength(1)
})

test('whoever has spoken is not typing any more', () => {
  const state = applyTyping(applyTyping([], ada, 0), visitor, 0)
  const said = (kind: 'contact' | 'operator', id: string | null, conversationId = 'a'): LiveEvent => ({
    type: 'entries.appended',
    conversationId,
    entries: [entry(1, { author: { kind, id, name: null } })],
  })
  expect(typingIn(applyToTyping(state, said('contact', 'c')), 'a', 0)).toEqual([ada.who])
  expect(typingIn(applyToTyping(state, said('operator', 'ada')), 'a', 0)).toEqual([visitor.who])
  expect(applyToTyping(state, said('operator', 'ben'))).toBe(state)
  expect(applyToTyping(state, said('contact', 'c', 'b'))).toBe(state)
})

test('presence that says nothing new is the same object', () => {
  const here = { online: [{ id: 'ada', name: 'Ada' }], viewing: {}, contacts: [] }
  const state = applyPresence(NO_PRESENCE, here)
  expect(state).toBe(here)
  expect(applyPresence(state, structuredClone(here))).toBe(state)
})
