/** Hours against a slow and obvious counterpart, through daylight saving, nights and holidays. */
import type { Interval } from '@earshot/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closedWords } from './closed-words.ts'
import { ALWAYS_OPEN, addOpenTime, isOpen, nextChange, nextOpening, type Schedule } from './open-hours.ts'
import { momentOf, wallClock } from './wall-clock.ts'

const at = (text: string) => Date.parse(text)
const MINUTE = 60_000
const nine: Interval = { from: 9 * 60, until: 17 * 60 }
const schedule = (change: Partial<Schedule> = {}): Schedule => ({
  ...ALWAYS_OPEN,
  always: false,
  timeZone: 'Europe/Helsinki',
  week: [[nine], [nine], [nine], [nine], [nine], [], []],
  ...change,
})

test('weekdays from nine to five, in the time of the place', () => {
  expect(isOpen(schedule(), at('2026-11-20T07:00:00Z'))).toBe(true)
  expect(isOpen(schedule(), at('2026-11-20T06:59:59Z'))).toBe(false)
  expect(nextOpening(schedule(), at('2026-11-20T15:00:00Z'))).toBe(at('2026-11-23T07:00:00Z'))
  expect(nextChange(schedule(), at('2026-11-20T07:30:00Z'))).toBe(at('2026-11-20T15:00:00Z'))
})

test('four open hours begun on Friday afternoon end on Monday', () => {
  const four = 4 * 60 * MINUTE
  expect(addOpenTime(schedule(), at('2026-11-20T13:00:00Z'), four)).toBe(at('2026-11-23T09:00:00Z'))
  expect(addOpenTime(schedule({ pauseClocks: false }), at('2026-11-20T13:00:00Z'), four)).toBe(
    at('2026-11-20T17:00:00Z'),
  )
})

test('a night across the end of summer time is an hour longer, across its beginning an hour shorter', () => {
  const night: Interval = { from: 22 * 60, until: 30 * 60 }
  const nights = schedule({ timeZone: 'Europe/Berlin', week: [[], [], [], [], [], [night], []] })
  const length = (from: string) => {
    const opens = nextOpening(nights, at(from))!
    return (nextChange(nights, opens)! - opens) / (60 * MINUTE)
  }
  expect([length('2026-10-24T12:00:00Z'), length('2026-03-28T12:00:00Z'), length('2026-06-06T12:00:00Z')]).toEqual([
    9, 7, 8,
  ])
})

test('a time that the clock skips is the moment it jumps', () => {
  const skipped = Date.UTC(2026, 2, 29, 2, 30)
  expect(momentOf('Europe/Berlin', skipped)).toBe(at('2026-03-29T01:00:00Z'))
})

test('a holiday stands in place of its day; who never opens, never does', () => {
  const closed = schedule({ holidays: [{ date: '2026-11-23', name: '', intervals: [] }] })
  expect(nextOpening(closed, at('2026-11-20T15:00:00Z'))).toBe(at('2026-11-24T07:00:00Z'))
  const never = schedule({ week: [[], [], [], [], [], [], []] })
  expect([nextOpening(never, 0), nextChange(never, 0), addOpenTime(never, 0, 1), isOpen(never, 0)]).toEqual([
    null,
    null,
    null,
    false,
  ])
})

test('the words out of hours say when', () => {
  expect(closedWords(schedule(), at('2026-11-20T15:00:00Z'))).toContain('Monday')
  expect(closedWords(schedule({ closedText: 'Back {opens}.' }), at('2026-11-20T15:00:00Z'))).toMatch(
    /^Back Monday.*09:00.*\.$/,
  )
})

const interval = fc
  .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 }))
  .map(([from, length]): Interval => ({ from: from * 15, until: from * 15 + length * 15 }))
const day = fc.array(interval, { maxLength: 2 })
const anySchedule = fc
  .record({
    timeZone: fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kathmandu',
      'Pacific/Apia',
      'Australia/Lord_Howe',
    ),
    week: fc.tuple(day, day, day, day, day, day, day),
    holiday: day,
  })
  .map(({ holiday, ...rest }) =>
    schedule({ ...rest, holidays: [{ date: '2026-03-29', name: '', intervals: holiday }] }),
  )
const moment = fc
  .integer({ min: at('2026-03-20T00:00:00Z') / MINUTE, max: at('2026-04-10T00:00:00Z') / MINUTE })
  .map((m) => m * MINUTE)

/** By looking at every interval of the days around. */
function isOpenByLooking(s: Schedule, now: number): boolean {
  const today = Math.floor(wallClock(s.timeZone, now) / 86_400_000) * 86_400_000
  return [-2, -1, 0, 1].some((days) => {
    const date = today + days * 86_400_000
    const key = new Date(date).toISOString().slice(0, 10)
    const intervals = s.holidays.find((h) => h.date === key)?.intervals ?? s.week[(new Date(date).getUTCDay() + 6) % 7]!
    return intervals.some((i) => {
      const [start, end] = [i.from, i.until].map((m) => momentOf(s.timeZone, date + m * MINUTE))
      return start! <= now && now < end!
    })
  })
}

test('any hours: open is open, changes change, and open time adds up', () => {
  fc.assert(
    fc.property(anySchedule, moment, fc.integer({ min: 1, max: 600 }), (s, now, minutes) => {
      expect(isOpen(s, now)).toBe(isOpenByLooking(s, now))
      const change = nextChange(s, now)
      if (change !== null) expect(isOpen(s, change)).not.toBe(isOpen(s, change - 1000))
      const due = addOpenTime(s, now, minutes * MINUTE)
      if (due === null) return
      // Minute by minute from now to then, as many were open.
      let open = 0
      for (let m = now; m < due && m < now + 20 * 86_400_000; m += MINUTE) if (isOpenByLooking(s, m)) open++
      if (due < now + 20 * 86_400_000) expect(open).toBe(minutes)
    }),
    { numRuns: Number(process.env.TEST_HOURS ?? 15) },
  )
})
