/** An answer being written: never mangled, never shown after it was called off, gone once it stands in the log. */
import type { Delta, LiveEvent } from '@earshot/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyDelta, applyToDrafts, type Drafts, draftIn, NO_DRAFTS, settleDrafts } from './apply-delta.ts'
import { conversation, delta, entry } from './test/samples.ts'

const write = (deltas: Delta[], from: Drafts = NO_DRAFTS) => deltas.reduce(applyDelta, from)
const draftOf = (state: Drafts) => draftIn(state, 'a')?.draft ?? null
const answer = (turnId: string): LiveEvent => ({
  type: 'entries.appended',
  conversationId: 'a',
  entries: [entry(1, { author: { kind: 'agent', id: 'a', name: 'Sol' }, data: { turnId } })],
})
const controlled = (change: Parameters<typeof conversation>[1]): LiveEvent => ({
  type: 'conversation.changed',
  conversation: conversation('a', change),
})

test('pieces add up, and who writes is known', () => {
  const state = write([
    delta('a', { state: 'thinking' }),
    delta('a', { seq: 1, text: 'Hel' }),
    delta('a', { seq: 2, text: 'lo', state: 'done' }),
  ])
  expect(draftIn(state, 'a')).toMatchObject({
    draft: { text: 'Hello', state: 'done', torn: false },
    agent: { name: 'Sol' },
  })
})

/** One turn's pieces, with a whole one here and there. */
const turn = fc
  .array(fc.tuple(fc.string({ minLength: 1, maxLength: 4 }), fc.boolean()), { minLength: 1, maxLength: 12 })
  .map((parts) => {
    let text = ''
    return parts.map(([part, whole], seq) => {
      text += part
      return delta('a', { seq, text: whole || seq === 0 ? text : part, whole })
    })
  })
const textUpTo = (pieces: Delta[], seq: number) =>
  pieces.slice(0, seq + 1).reduce((text, p) => (p.whole || p.seq === 0 ? p.text : text + p.text), '')

test('whatever is lost, doubled or replayed, what shows is the true beginning of the answer', () => {
  fc.assert(
    fc.property(turn, fc.array(fc.nat(11), { maxLength: 40 }), (pieces, order) => {
      let state = NO_DRAFTS
      for (const i of order) {
        const piece = pieces[i % pieces.length]!
        state = applyDelta(state, piece)
        const draft = draftOf(state)!
        if (draft.torn) expect(textUpTo(pieces, pieces.length - 1).startsWith(draft.text)).toBe(true)
        else expect(draft.text).toBe(textUpTo(pieces, draft.seq))
      }
      // A whole piece at the end heals everything.
      const last = pieces.length
      const whole = delta('a', { seq: last, whole: true, text: 'all of it', state: 'done' })
      expect(draftOf(applyDelta(state, whole))).toMatchObject({ text: 'all of it', torn: false })
    }),
  )
})

test('replaying a turn from any of its pieces changes nothing', () => {
  fc.assert(
    fc.property(turn, fc.nat(11), (pieces, from) => {
      const state = write(pieces)
      expect(write(pieces.slice(from), state)).toBe(state)
    }),
  )
})

test('a missed piece stops the text; the next whole one repairs it, even the same number again', () => {
  const torn = write([
    delta('a', { text: 'Hel' }),
    delta('a', { seq: 2, text: 'wor' }),
    delta('a', { seq: 3, text: 'ld' }),
  ])
  expect(draftOf(torn)).toMatchObject({ text: 'Hel', torn: true, seq: 3 })
  expect(draftOf(write([delta('a', { seq: 3, text: 'Hello world', whole: true })], torn))).toMatchObject({
    text: 'Hello world',
    torn: false,
  })
  expect(draftOf(write([delta('a', { seq: 7, text: 'x' })]))).toMatchObject({ text: '', torn: true })
})

test('pieces of an older epoch are dropped', () => {
  const taken = applyToDrafts(write([delta('a', { text: 'Let me' })]), controlled({ epoch: 2, control: 'operator' }))
  expect(draftOf(taken)).toBeNull()
  expect(write([delta('a', { seq: 1, text: ' think' })], taken)).toBe(taken)
  expect(write([delta('a', { turnId: 't0', text: 'old' })], taken)).toBe(taken)
  expect(draftOf(write([delta('a', { turnId: 't2', epoch: 3, text: 'new' })], taken))?.text).toBe('new')
})

test('a piece of a newer epoch calls the older answer off by itself', () => {
  const state = write([delta('a', { text: 'old' }), delta('a', { turnId: 't2', epoch: 2, text: 'new' })])
  expect(draftOf(state)?.text).toBe('new')
  expect(write([delta('a', { seq: 1, text: 'er' })], state)).toBe(state)
})

test('control and epoch in the log end it too; an old entry read again does not', () => {
  const activity = (epoch: number) => [entry(2, { kind: 'activity', data: { type: 'control_changed', epoch } })]
  const state = write([delta('a', { epoch: 4, text: 'x' })])
  expect(draftOf(settleDrafts(state, 'a', activity(5)))).toBeNull()
  expect(settleDrafts(state, 'a', activity(3))).toBe(state)
})

test.each([{ blocked: true }, { control: 'paused' as const }, { status: 'closed' as const }])(
  'nothing is written under %o',
  (change) => {
    const state = write([delta('a', { epoch: 1, text: 'x' })])
    expect(draftOf(applyToDrafts(state, controlled({ epoch: 1, ...change })))).toBeNull()
  },
)

test('an older reading of the conversation does not end a younger turn', () => {
  const state = write([delta('a', { epoch: 5, text: 'x' })])
  expect(applyToDrafts(state, controlled({ epoch: 4, control: 'operator' }))).toBe(state)
  expect(applyToDrafts(state, controlled({ epoch: 5 }))).toBe(state)
})

test('the stored answer takes the place of its draft, also when late pieces follow or come first', () => {
  const pieces = [delta('a', { text: 'Hel' }), delta('a', { seq: 1, text: 'lo', state: 'done' })]
  const stored = applyToDrafts(write(pieces), answer('t1'))
  expect(draftOf(stored)).toBeNull()
  expect(write(pieces, stored)).toBe(stored)
  expect(draftOf(write(pieces, applyToDrafts(NO_DRAFTS, answer('t1'))))).toBeNull()
  expect(draftOf(applyToDrafts(write(pieces), answer('t0')))?.text).toBe('Hello')
})

test('a cancelled turn leaves nothing and stays away', () => {
  const state = write([delta('a', { text: 'x' }), delta('a', { seq: 1, state: 'cancelled' })])
  expect(draftOf(state)).toBeNull()
  expect(write([delta('a', { seq: 2, text: 'y', whole: true })], state)).toBe(state)
})

test('a new turn replaces the one before; its late pieces do not come back', () => {
  const state = write([delta('a', { text: 'first' }), delta('a', { turnId: 't2', text: 'second' })])
  expect(draftOf(state)?.text).toBe('second')
  expect(write([delta('a', { seq: 1, text: '…' })], state)).toBe(state)
})

test('deletion and resync clear; other conversations stay', () => {
  const state = write([delta('a', { text: 'x' }), delta('b', { text: 'y' })])
  const deleted = applyToDrafts(state, { type: 'conversation.deleted', conversationId: 'a' })
  expect([draftIn(deleted, 'a'), draftIn(deleted, 'b')?.draft.text]).toEqual([null, 'y'])
  const anew = applyToDrafts(state, { type: 'resync' })
  expect(draftOf(anew)).toBeNull()
  expect(draftOf(write([delta('a', { seq: 1, text: 'whole', whole: true })], anew))?.text).toBe('whole')
})
