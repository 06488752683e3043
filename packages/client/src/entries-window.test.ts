/** A long conversation is held in part: it grows where the reader goes, whatever arrives, and never has a hole. */
import type { Entry, LiveEvent } from '@earshot/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyToEntries, type Entries, missingTail, noEntries, withPage } from './apply-to-entries.ts'
import { MOST_HELD, windowAt, withNewer, withOlder } from './entries-window.ts'
import { entry } from './test/samples.ts'

const run = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => entry(from + i))
const ends = ({ entries }: Entries) => [entries[0]?.position, entries.at(-1)?.position]
const appended = (entries: Entry[]): LiveEvent => ({ type: 'entries.appended', conversationId: 'a', entries })
const newest = (last: number) => withPage(noEntries('a'), run(last - 49, last), noEntries('a'), last > 50, 1)

test('going up lets go of the end, and what arrives there is noted but not shown', () => {
  let state = newest(5_000)
  while (!state.hasNewer) {
    const first = state.entries[0]!.position
    state = withOlder(state, run(first - 200, first - 1), state, { more: true, log: 1 })
  }
  expect(state.entries).toHaveLength(MOST_HELD)
  const heard = applyToEntries(state, appended([entry(5_001)]))
  expect([heard.entries, heard.knownLast, heard.needsFetch, missingTail(heard)]).toEqual([
    state.entries,
    5_001,
    null,
    null,
  ])
  const delivered = applyToEntries(heard, appended([entry(ends(state)[1]!, { delivery: 'read' }), entry(3)]))
  expect(delivered.entries.at(-1)?.delivery).toBe('read')
  expect(ends(delivered)).toEqual(ends(state))
})

test('going down comes to the end again, with what arrived meanwhile', () => {
  let state = windowAt(newest(2_000), run(401, 600), { hasMore: true, hasNewer: true, log: 1 })
  expect([state.hasMore, state.hasNewer]).toEqual([true, true])
  state = applyToEntries(state, appended([entry(2_001)]))
  while (state.hasNewer) {
    const last = state.entries.at(-1)!.position
    const page = run(last + 1, Math.min(2_000, last + 200))
    state = withNewer(state, page, state, { more: page.length === 200, log: 1 })
  }
  expect(ends(state)).toEqual([1_201, 2_000])
  // The last one arrived after its page was read: it is asked for as any missing end.
  expect(missingTail(state)).toEqual({ after: 2_000 })
})

test('a page that no longer joins on is dropped', () => {
  const asked = newest(1_000)
  const jumped = windowAt(asked, run(101, 300), { hasMore: true, hasNewer: true, log: 1 })
  expect(withOlder(jumped, run(751, 950), asked, { more: true, log: 1 })).toBe(jumped)
  expect(withNewer(jumped, run(1_001, 1_010), asked, { more: false, log: 1 })).toBe(jumped)
  expect(windowAt({ ...asked, log: 2 }, run(1, 10), { hasMore: false, hasNewer: true, log: 1 }).log).toBe(2)
})

test('however one reads and whatever arrives, what is held has no hole and no more than its bound', () => {
  const step = fc.oneof(
    fc.constant('older' as const),
    fc.constant('newer' as const),
    fc.constant('arrives' as const),
    fc.record({ jump: fc.integer({ min: 1, max: 3_000 }) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let last = 3_000
      let state = newest(last)
      for (const act of steps) {
        const [low, high] = ends(state) as [number, number]
        if (act === 'older') {
          const from = Math.max(1, low - 200)
          if (state.hasMore) state = withOlder(state, run(from, low - 1), state, { more: from > 1, log: 1 })
        } else if (act === 'newer') {
          const to = Math.min(last, high + 200)
          if (state.hasNewer) state = withNewer(state, run(high + 1, to), state, { more: to < last, log: 1 })
        } else if (act === 'arrives') {
          last += 1
          state = applyToEntries(state, appended([entry(last)]))
        } else {
          const from = Math.max(1, act.jump - 100)
          const to = Math.min(last, act.jump + 99)
          state = windowAt(state, run(from, to), { hasMore: from > 1, hasNewer: to < last, log: 1 })
        }
        const [first, end] = ends(state) as [number, number]
        expect(state.entries).toHaveLength(end - first + 1)
        expect([state.hasMore, state.hasNewer, state.needsFetch]).toEqual([first > 1, end < last, null])
      }
    }),
    { numRuns: 60 },
  )
})
