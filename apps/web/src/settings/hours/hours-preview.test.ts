/** What the page of business hours says about a schedule before it is saved. */
import { expect, test } from 'vitest'
import { intervalOf, overlap, previewOf, type Schedule } from './hours-preview.ts'

const weekdays = [{ from: 480, until: 1080 }]
const schedule: Schedule = {
  timeZone: 'Europe/Helsinki',
  always: false,
  week: [weekdays, weekdays, weekdays, weekdays, [{ from: 1200, until: 1680 }], [], []],
  holidays: [{ date: '2026-12-07', name: 'Closed', intervals: [] }],
}
const at = (moment: string) => previewOf(schedule, new Date(moment))

test('open until the end of the interval, closed until the next one', () => {
  expect(at('2026-11-23T07:00:00Z')).toEqual({ open: true, change: { days: 0, minute: 1080, date: '2026-11-23' } })
  expect(at('2026-11-23T05:59:00Z')).toEqual({ open: false, change: { days: 0, minute: 480, date: '2026-11-23' } })
})

test('a night belongs to the day it began on, and a weekend is skipped', () => {
  expect(at('2026-11-28T01:00:00Z')).toEqual({ open: true, change: { days: 0, minute: 240, date: '2026-11-28' } })
  expect(at('2026-11-28T03:00:00Z')).toEqual({ open: false, change: { days: 2, minute: 480, date: '2026-11-30' } })
})

test('an exception stands in for the weekly hours of its date', () => {
  expect(at('2026-12-06T12:00:00Z').change?.date).toBe('2026-12-08')
})

test('always and never change nothing', () => {
  expect(previewOf({ ...schedule, always: true }, new Date())).toEqual({ open: true, change: null })
  const never: Schedule = { ...schedule, week: [[], [], [], [], [], [], []] }
  expect(previewOf(never, new Date())).toEqual({ open: false, change: null })
})

test('an earlier end is the next day; overlapping hours are found', () => {
  expect(intervalOf(1080, 360)).toEqual({ from: 1080, until: 1800 })
  expect(overlap([intervalOf(480, 720), intervalOf(700, 800)])).toBe(true)
  expect(overlap([intervalOf(480, 720), intervalOf(720, 800)])).toBe(false)
})
