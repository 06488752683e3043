/** Days as people mean them, also where the clocks change. */
import { expect, test } from 'vitest'
import { addDays, addMonths, chooseDay, isoDay, lastDayBefore, parseDay, startOfDay, weeksOf } from './calendar.ts'

const day = (text: string) => parseDay(text) ?? new Date(Number.NaN)

test('months end where they end', () => {
  expect(isoDay(addMonths(day('2026-01-31'), 1))).toBe('2026-02-28')
  expect(isoDay(addMonths(day('2024-03-31'), -1))).toBe('2024-02-29')
  expect(isoDay(addMonths(day('2026-12-15'), 1))).toBe('2027-01-15')
})

test('a day is the next one also over a change of the clocks', () => {
  for (const start of ['2026-03-28', '2026-10-24', '2026-12-31'])
    expect(startOfDay(addDays(day(start), 1)).getTime()).toBe(addDays(day(start), 1).getTime())
})

test('up to a moment means up to the day before it begins', () => {
  expect(isoDay(lastDayBefore(day('2026-11-21')))).toBe('2026-11-20')
  expect(isoDay(lastDayBefore(new Date(2026, 10, 21, 12)))).toBe('2026-11-21')
})

test('only real days are understood', () => {
  for (const text of ['2026-02-30', '2026-13-01', '26-1-1', '1.2.2026', '', '1899-12-31', '2026-11-14x'])
    expect(parseDay(text)).toBeUndefined()
  expect(isoDay(day(' 2026-1-2 '))).toBe('2026-01-02')
})

test('a month stands in six weeks that begin as the reader counts', () => {
  expect(isoDay(weeksOf(day('2026-11-14'), 'en-GB')[0]![0]!)).toBe('2026-10-26')
  expect(isoDay(weeksOf(day('2026-11-14'), 'en-US')[0]![0]!)).toBe('2026-11-01')
  expect(weeksOf(day('2026-02-01'), 'en-GB').flat()).toHaveLength(42)
})

test('the first day begins a span, the second ends it in either order, the third begins anew', () => {
  const [a, b, c] = [day('2026-11-14'), day('2026-11-20'), day('2026-11-25')]
  expect(chooseDay({ from: undefined, to: undefined }, a)).toEqual({ from: a, to: undefined })
  expect(chooseDay({ from: a, to: undefined }, b)).toEqual({ from: a, to: b })
  expect(chooseDay({ from: b, to: undefined }, a)).toEqual({ from: a, to: b })
  expect(chooseDay({ from: a, to: b }, c)).toEqual({ from: c, to: undefined })
})
