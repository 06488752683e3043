/** When a snoozed conversation may come back, from any moment of the week. */
import { expect, test } from 'vitest'
import { snoozeTimes } from './snooze-times.ts'

const from = (day: number, hour: number) =>
  snoozeTimes(new Date(2026, 10, day, hour)).map(({ key, at }) => [key, at.getDate(), at.getHours()])

test('on a Wednesday: later, tomorrow, and Monday morning', () => {
  expect(from(18, 10)).toEqual([
    ['later', 18, 13],
    ['tomorrow', 19, 9],
    ['nextWeek', 23, 9],
  ])
})

test('late in the evening there is no later today', () => {
  expect(from(18, 22).map(([key]) => key)).toEqual(['tomorrow', 'nextWeek'])
})

test('on a Sunday tomorrow is next week already; on a Monday next week is a week away', () => {
  expect(from(22, 10).map(([key]) => key)).toEqual(['later', 'tomorrow'])
  expect(from(23, 10).at(-1)).toEqual(['nextWeek', 30, 9])
})
