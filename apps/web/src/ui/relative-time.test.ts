/** Times in lists: short, true, and asked again only when the wording changes. */
import { expect, test } from 'vitest'
import { nextChange, relativeTime } from './relative-time.ts'

const now = new Date('2026-11-21T12:00:00Z')
const ago = (ms: number) => new Date(now.getTime() - ms)
const MINUTE = 60_000
const HOUR = 60 * MINUTE

test.each([
  [0, 'now'],
  [59_999, 'now'],
  [MINUTE, '1m'],
  [59 * MINUTE + 59_999, '59m'],
  [HOUR, '1h'],
  [23 * HOUR + 59 * MINUTE, '23h'],
])('%i ms ago is "%s"', (age, words) => {
  expect(relativeTime(ago(age), now, 'en')).toBe(words)
})

test('from a day on it is a date, with the year when it is another one', () => {
  expect(relativeTime(ago(30 * HOUR), now, 'en-GB')).toBe('20 Nov')
  expect(relativeTime(ago(400 * 24 * HOUR), now, 'en-GB')).toBe('17 Oct 2025')
})

test('a clock that is a little ahead still says now, and a far one says the date', () => {
  expect(relativeTime(ago(-30_000), now, 'en')).toBe('now')
  expect(relativeTime(ago(-2 * HOUR), now, 'en-GB')).toBe('21 Nov')
})

test('the next look is when the wording changes, never earlier than needed', () => {
  for (const age of [0, 30_000, MINUTE, 90_000, 59 * MINUTE, HOUR + 5, 5 * HOUR]) {
    const wait = nextChange(ago(age), now)
    const before = relativeTime(ago(age), new Date(now.getTime() + wait - 1), 'en')
    const after = relativeTime(ago(age), new Date(now.getTime() + wait), 'en')
    expect(before).toBe(relativeTime(ago(age), now, 'en'))
    expect(after).not.toBe(before)
  }
})
