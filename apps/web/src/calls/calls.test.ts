/** What the screen of live calls makes of what it is told: older news change nothing, lines stand by the call's clock, numbers are read as typed. */
import type { Call, Entry } from '@earshot/contracts'
import { describe, expect, test } from 'vitest'
import { mayDo } from './actions/may.ts'
import { STROKES, Tracks } from './levels.ts'
import { asE164, numberProblem, prettyNumber } from './numbers.ts'
import { applyPartial } from './partials.ts'
import { newerOf, withCall } from './queries.ts'
import { timelineOf } from './transcript/timeline.ts'

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 3) + seconds * 1000).toISOString()

const call = (change: Partial<Call> = {}): Call => ({
  id: id(1),
  conversationId: id(2),
  version: 3,
  state: 'ai',
  direction: 'inbound',
  way: 'web',
  line: null,
  from: { number: null, name: null },
  agent: { id: id(3), name: 'Iris' },
  speaker: 'ai',
  holder: null,
  participants: [],
  queue: null,
  transfer: null,
  coaching: [],
  contour: [],
  recording: { state: 'on' },
  allowed: ['listen', 'takeover', 'transfer', 'enqueue', 'end', 'coach', 'record'],
  startedAt: at(0),
  answeredAt: at(2),
  endedAt: null,
  endReason: null,
  demo: false,
  ...change,
})

const entry = (position: number, seconds: number, change: Partial<Entry> = {}): Entry => ({
  position,
  kind: 'message',
  author: { kind: 'contact', id: null, name: null },
  text: `said ${position}`,
  attachments: [],
  audio: null,
  functionCall: null,
  data: {},
  at: at(seconds),
  delivery: null,
  clientKey: null,
  ...change,
})
const spoken = (utterance: string, startMs: number, callId = id(1)) => ({
  data: { call: { callId, utterance, role: 'caller', startMs, endMs: startMs + 500, source: 'recogniser' } },
})

test('news that are older than what is held change nothing; a new call of the conversation does', () => {
  const held = call({ version: 5 })
  expect(newerOf(call({ version: 4 }), held)).toBe(held)
  const next = call({ id: id(9), version: 0, startedAt: at(100) })
  expect(newerOf(next, held)).toBe(next)
  expect(newerOf(held, next)).toBe(next)
  const other = call({ id: id(8), conversationId: id(7), startedAt: at(-50) })
  expect(withCall([held], other).map((one) => one.id)).toEqual([other.id, held.id])
  expect(withCall([held, other], call({ state: 'ended' }))).toEqual([other])
})

describe('the transcript', () => {
  const coaching: Call['coaching'] = [
    {
      id: id(20),
      text: 'Slow down',
      by: { id: id(4), name: 'Dana' },
      at: at(9),
      state: 'seen',
      seenAt: null,
      appliedAt: null,
    },
  ]
  const { lines, said } = timelineOf(
    [
      entry(1, -3000),
      entry(2, 30, spoken('u2', 4000)),
      entry(3, 5, spoken('u1', 1000)),
      entry(4, 8, spoken('x', 0, id(99))),
      entry(5, 10, { kind: 'coaching', text: 'Slow down', author: { kind: 'operator', id: null, name: 'Dana' } }),
      entry(6, 11, { kind: 'activity', data: { type: 'taken_over' } }),
      entry(7, 12, { kind: 'call_event', data: { type: 'call_taken_over' } }),
      entry(8, 13, { kind: 'note' }),
    ],
    call({ coaching }),
  )

  test('stands by the clock of the call, and has of the conversation only what is of it', () => {
    expect(lines.map(({ key, atMs }) => [key, atMs])).toEqual([
      ['3', 1000],
      ['2', 4000],
      [id(20), 7000],
      ['7', 10_000],
    ])
    expect([...said]).toEqual(['u2', 'u1'])
  })
})

test('what is being said settles word by word, and an empty one is taken back', () => {
  const partial = (text: string) =>
    ({ t: 'partial', conversationId: id(2), utterance: 'u', role: 'caller', text, startMs: 0 }) as const
  const first = applyPartial([], partial('the third tie'), 0)
  const [second] = applyPartial(first, partial('the third time I call'), 1)
  expect(second?.text.slice(0, second.settled)).toBe('the third')
  expect(applyPartial(first, partial(''), 2)).toEqual([])
})

test('loudness goes to whoever spoke, fades with time, and the page’s own ears come first', () => {
  const tracks = new Tracks()
  tracks.hear({ caller: 0.2, speaker: 0.1, by: 'ai' }, 10_000)
  expect(tracks.now('contact', 10_000)).toBeGreaterThan(tracks.now('agent', 10_000))
  expect(tracks.now('person', 10_000)).toBe(0)
  tracks.hearOwn({ caller: 0, speaker: 0.3, by: 'supervisor' }, 10_500)
  tracks.hear({ caller: 0.9, speaker: 0, by: null }, 10_600)
  expect(tracks.now('contact', 10_700)).toBe(0)
  expect(tracks.now('person', 10_700)).toBeGreaterThan(0.5)
  expect(Math.max(...tracks.read('person', 10_700 + STROKES * 100))).toBe(0)
})

test.each([
  ['+44 20 7946 0812', '+442079460812', null],
  ['0049 (0)30 1234-567', '+49301234567', null],
  ['030 1234567', null, 'noCountry'],
  ['+49 30', null, 'short'],
  ['+49301234567890123', null, 'long'],
  ['+49 CALL ME', null, 'letters'],
  ['', null, null],
])('%s is read as %s', (typed, number, problem) => {
  expect(asE164(typed)).toBe(number)
  expect(numberProblem(typed)).toBe(problem)
})

test('a number is shown with its country apart', () => {
  expect(prettyNumber('+447700900142')).toBe('+44 7700 900142')
  expect(prettyNumber('sip:desk@example.com')).toBe('sip:desk@example.com')
})

test('an operator ends what is theirs, a supervisor takes over, the holder hands back and comes back', () => {
  const taken = call({ state: 'takeover', holder: { id: id(4), name: 'Dana' }, allowed: ['release', 'end', 'coach'] })
  expect(mayDo(call(), 'operator', id(5))('takeover')).toBe(false)
  expect(mayDo(call(), 'supervisor', id(5))('takeover')).toBe(true)
  expect(mayDo(taken, 'supervisor', id(5))('release')).toBe(false)
  expect(mayDo(taken, 'supervisor', id(4))('release')).toBe(true)
  expect(mayDo(taken, 'supervisor', id(4))('return')).toBe(true)
  expect(mayDo(call({ state: 'human', holder: taken.holder, allowed: ['end'] }), 'operator', id(5))('end')).toBe(false)
})
