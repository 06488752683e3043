/** Conversations on a screen end where a reload ends, however often the feed says things. */
import type { Conversation, LiveEvent } from '@earshot/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  applyToConversations,
  applyToPage,
  type Conversations,
  NO_CONVERSATIONS,
  withRead,
} from './apply-to-conversations.ts'
import { conversation } from './test/samples.ts'

const changed = (c: Conversation): LiveEvent => ({ type: 'conversation.changed', conversation: c })
const play = (events: LiveEvent[], from: Conversations = NO_CONVERSATIONS) => events.reduce(applyToConversations, from)

/** One conversation's life: readings whose numbers only grow, perhaps with a deletion at the end. */
const life = (id: string) =>
  fc
    .tuple(
      fc.array(fc.record({ epoch: fc.nat(2), said: fc.nat(2), title: fc.string() }), { maxLength: 8 }),
      fc.boolean(),
    )
    .map(([steps, dies]) => {
      let epoch = 1
      let lastPosition = 0
      const events: LiveEvent[] = steps.map((step) => {
        epoch += step.epoch
        lastPosition += step.said
        return changed(conversation(id, { epoch, lastPosition, title: step.title }))
      })
      return dies ? [...events, { type: 'conversation.deleted' as const, conversationId: id }] : events
    })

/** The order in which conversations take turns, and how far each delivery jumps back before it goes on. */
const schedule = fc.array(fc.tuple(fc.nat(2), fc.nat(3)), { maxLength: 60 })

test('any interleaving of conversations, with any part replayed, ends in the same state', () => {
  fc.assert(
    fc.property(fc.tuple(life('a'), life('b'), life('c')), schedule, (lives, turns) => {
      const place = [0, 0, 0]
      const delivered: LiveEvent[] = []
      for (const [who, back] of turns) {
        place[who] = Math.max(0, place[who]! - back)
        const event = lives[who]![place[who]!]
        if (event) delivered.push(event)
        place[who]! += 1
      }
      lives.forEach((events, who) => {
        delivered.push(...events.slice(Math.min(place[who]!, Math.max(0, events.length - 1))))
      })
      const want = play(lives.flat())
      const got = play(delivered)
      expect(got.byId).toEqual(want.byId)
      expect(got.gone).toEqual(want.gone)
    }),
  )
})

test('a reading from before control changed, or from before a message, never undoes it', () => {
  const now = conversation('a', { epoch: 3, lastPosition: 9, control: 'operator' })
  const state = play([changed(now)])
  expect(play([changed(conversation('a', { epoch: 2, lastPosition: 9 }))], state)).toBe(state)
  expect(play([changed(conversation('a', { epoch: 3, lastPosition: 8 }))], state)).toBe(state)
  expect(play([changed({ ...now, title: 'new' })], state).byId.a?.title).toBe('new')
})

test('what is deleted does not come back with an answer that was under way', () => {
  const read = conversation('a')
  const state = play([{ type: 'conversation.deleted', conversationId: 'a' }])
  expect(play([changed(read)], state).byId).toEqual({})
  expect(withRead(state, [read], NO_CONVERSATIONS).byId).toEqual({})
})

test('a changed contact shows in all of its conversations', () => {
  const contact = {
    id: 'contact',
    name: 'Ada',
    email: 'ada@example.com',
    phone: null,
    externalId: null,
    attributes: {},
    points: [],
    blocks: [],
    lastActiveAt: null,
    createdAt: '2026-11-20T09:00:00.000Z',
  }
  const other = conversation('c', { contact: { ...conversation('c').contact, id: 'other' } })
  const event: LiveEvent = { type: 'contact.changed', contact }
  const state = play([changed(conversation('a')), changed(conversation('b')), changed(other), event])
  expect(Object.values(state.byId).map((c) => c.contact.name)).toEqual(['Ada', 'Ada', null])
  expect(applyToPage([conversation('a'), other], event).map((c) => c.contact.name)).toEqual(['Ada', null])
})

test('what the feed changed while a request was under way stays; the rest is as read', () => {
  const asked = play([changed(conversation('a', { title: 'old' })), changed(conversation('b', { title: 'old' }))])
  const now = play([changed(conversation('b', { title: 'live' }))], asked)
  const read = [conversation('a', { title: 'read' }), conversation('b', { title: 'read' }), conversation('c')]
  const state = withRead(now, read, asked)
  expect(Object.values(state.byId).map((c) => c.title)).toEqual(['read', 'live', null])
})

test('after a resync the state is stale until what was asked for afterwards is read', () => {
  const before = play([changed(conversation('a'))])
  const stale = play([{ type: 'resync' }], before)
  expect(stale.stale).toBe(true)
  expect(withRead(stale, [], before).stale).toBe(true)
  expect(withRead(stale, [], stale).stale).toBe(false)
})

test('a page changes in place, keeps its order and extras, and is the same array when nothing changed', () => {
  const page = [{ ...conversation('a'), match: { position: 3, snippet: 'x' } }, conversation('b')]
  const next = applyToPage(page, changed(conversation('a', { title: 'new', lastPosition: 1 })))
  expect(next.map((c) => [c.id, c.title])).toEqual([
    ['a', 'new'],
    ['b', null],
  ])
  expect(next[0]).toHaveProperty('match')
  expect(next[1]).toBe(page[1])
  expect(applyToPage(page, changed(conversation('z')))).toBe(page)
  expect(applyToPage(next, changed(conversation('a')))).toBe(next)
  expect(applyToPage(page, { type: 'conversation.deleted', conversationId: 'a' }).map((c) => c.id)).toEqual(['b'])
  expect(applyToPage(page, { type: 'conversation.deleted', conversationId: 'z' })).toBe(page)
})

test('events of a newer server are ignored', () => {
  const unknown = { type: 'conversation.painted' } as unknown as LiveEvent
  expect(applyToConversations(NO_CONVERSATIONS, unknown)).toBe(NO_CONVERSATIONS)
})

test('after a merge was undone the shorter log is the newer one', () => {
  const merged = changed(conversation('a', { epoch: 2, lastPosition: 7 }))
  const undone = changed(conversation('a', { epoch: 3, lastPosition: 3 }))
  const state = [merged, undone, merged].reduce(applyToConversations, NO_CONVERSATIONS)
  expect(state.byId.a?.lastPosition).toBe(3)
})

test('one that was merged away stays away until it is restored', () => {
  const there = changed(conversation('a'))
  const merged: LiveEvent = { type: 'conversation.merged', conversationId: 'a', into: 'b' }
  const gone = [there, merged, there].reduce(applyToConversations, NO_CONVERSATIONS)
  expect(gone.byId.a).toBeUndefined()
  expect(applyToPage([conversation('a')], merged)).toEqual([])
  const restored: LiveEvent = { type: 'conversation.restored', conversationId: 'a' }
  expect([restored, there].reduce(applyToConversations, gone).byId.a).toBeDefined()
})
