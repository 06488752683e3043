/** The entries of a conversation: each once, in order, optimistic ones replaced, gaps noticed. */
import type { Entry, LiveEvent } from '@earshot/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyToEntries, missingTail, noEntries, withoutPending, withPage, withPending } from './apply-to-entries.ts'
import { conversation, entry } from './test/samples.ts'

const appended = (entries: Entry[], conversationId = 'a'): LiveEvent => ({
  type: 'entries.appended',
  conversationId,
  entries,
})
const run = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => entry(from + i))
const positions = (entries: readonly Entry[]) => entries.map((e) => e.position)
const pending = (clientKey: string) => ({ clientKey, kind: 'message' as const, text: 'hi', attachments: [], at: '' })

test('any order, grouping and doubling of the same entries ends in the same log', () => {
  const delivery = fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.nat(4)), { maxLength: 40 })
  fc.assert(
    fc.property(delivery, fc.shuffledSubarray(run(1, 20), { minLength: 20 }), (noise, all) => {
      const events = [
        ...noise.map(([at, length]) => appended(run(at, Math.min(20, at + length)))),
        ...all.map((e) => appended([e])),
      ]
      const state = events.reduce(applyToEntries, { ...noEntries('a'), hasMore: false })
      expect(state.entries).toEqual(run(1, 20))
      expect(state.needsFetch).toBeNull()
      expect(missingTail(state)).toBeNull()
    }),
  )
})

test('the gap it reports is the first one, and reading on from there closes it', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 15 }), { minLength: 1 }), (known) => {
      let state = applyToEntries({ ...noEntries('a'), hasMore: false }, appended(known.map((p) => entry(p))))
      const missing = run(1, Math.max(...known)).find((e) => !known.includes(e.position))
      expect(state.needsFetch).toEqual(missing ? { after: missing.position - 1 } : null)
      for (let reads = 0; state.needsFetch && reads < 20; reads++) {
        state = withPage(state, run(state.needsFetch.after + 1, Math.min(15, state.needsFetch.after + 3)), state)
      }
      expect(positions(state.entries)).toEqual(positions(run(1, state.entries.at(-1)?.position ?? 0)))
      expect(state.needsFetch).toBeNull()
    }),
  )
})

test('older pages are no gap, until there is nothing older', () => {
  const newest = withPage(noEntries('a'), run(51, 100), noEntries('a'), true)
  expect(newest.needsFetch).toBeNull()
  const whole = withPage(newest, run(1, 50), newest, false)
  expect(positions(whole.entries)).toEqual(positions(run(1, 100)))
  expect(withPage(newest, run(3, 50), newest, false).needsFetch).toEqual({ after: 0 })
})

test('an entry again, with another delivery, replaces itself', () => {
  const state = applyToEntries(noEntries('a'), appended([entry(1), entry(2)]))
  const next = applyToEntries(state, appended([entry(1, { delivery: 'read' })]))
  expect(next.entries.map((e) => e.delivery)).toEqual(['read', 'stored'])
})

test('what was typed here makes room for the entry with its key, and only for that', () => {
  const typed = withPending(withPending(noEntries('a'), pending('k1')), pending('k2'))
  expect(withPending(typed, pending('k1'))).toBe(typed)
  const state = applyToEntries(typed, appended([entry(1), entry(2, { clientKey: 'k1' })]))
  expect(state.pending.map((p) => p.clientKey)).toEqual(['k2'])
  expect(withPending(state, pending('k1'))).toBe(state)
  expect(withoutPending(state, 'k2').pending).toEqual([])
  expect(withPage(state, [entry(3, { clientKey: 'k2' })], state).pending).toEqual([])
})

test('a page that was under way does not undo what the feed said meanwhile', () => {
  const asked = applyToEntries(noEntries('a'), appended([entry(1), entry(2)]))
  const now = applyToEntries(asked, appended([entry(2, { delivery: 'read' }), entry(3)]))
  const state = withPage(
    now,
    [entry(1, { delivery: 'sent' }), entry(2, { delivery: 'sent' }), entry(3, { delivery: 'sent' })],
    asked,
  )
  expect(state.entries.map((e) => e.delivery)).toEqual(['sent', 'read', 'stored'])
})

test('a conversation that says it is longer shows a missing tail', () => {
  const state = applyToEntries(noEntries('a'), appended(run(1, 3)))
  const told = applyToEntries(state, {
    type: 'conversation.changed',
    conversation: conversation('a', { lastPosition: 5 }),
  })
  expect(missingTail(told)).toEqual({ after: 3 })
  expect(missingTail(applyToEntries(told, appended(run(4, 5))))).toBeNull()
})

test('other conversations leave it alone; its own end and a resync are noted', () => {
  const state = applyToEntries(noEntries('a'), appended(run(1, 3)))
  expect(applyToEntries(state, appended([entry(9)], 'b'))).toBe(state)
  expect(applyToEntries(state, { type: 'conversation.deleted', conversationId: 'b' })).toBe(state)
  expect(applyToEntries(state, { type: 'conversation.deleted', conversationId: 'a' }).gone).toBe(true)
  const stale = applyToEntries(state, { type: 'resync' })
  expect(withPage(stale, [], state).stale).toBe(true)
  expect(withPage(stale, [], stale).stale).toBe(false)
})

test('a log that was rewritten is forgotten and read anew; what was read or told of the older one is not put into it', () => {
  const asked = noEntries('a')
  const held = withPage(asked, run(1, 6), asked, false, 1)
  const rewritten: LiveEvent = {
    type: 'conversation.changed',
    conversation: conversation('a', { epoch: 2, log: 2, lastPosition: 4 }),
  }
  const emptied = applyToEntries(held, rewritten)
  expect([emptied.entries, emptied.stale, emptied.log]).toEqual([[], true, 2])
  const late: LiveEvent = { type: 'entries.appended', conversationId: 'a', entries: [entry(6)], log: 1 }
  expect(applyToEntries(emptied, late)).toBe(emptied)
  expect(withPage(emptied, run(1, 6), held, false, 1)).toBe(emptied)
  const anew = withPage(emptied, run(1, 4), emptied, false, 2)
  expect([positions(anew.entries), anew.stale]).toEqual([[1, 2, 3, 4], false])
  // Heard first by its entries, or by a page: the same.
  const told: LiveEvent = { type: 'entries.appended', conversationId: 'a', entries: [entry(4)], log: 2 }
  expect(applyToEntries(held, told)).toMatchObject({ entries: [], stale: true, log: 2 })
  expect(withPage(held, run(1, 4), held, false, 2)).toMatchObject({ entries: [], stale: true, log: 2 })
})

test('one that was merged into another is gone, and there again when that is undone', () => {
  const held = withPage(noEntries('a'), run(1, 3), noEntries('a'), false, 1)
  const gone = applyToEntries(held, { type: 'conversation.merged', conversationId: 'a', into: 'b' })
  expect(gone.gone).toBe(true)
  const again = applyToEntries(gone, { type: 'conversation.restored', conversationId: 'a' })
  expect(again).toMatchObject({ gone: false, stale: true, entries: [] })
})
