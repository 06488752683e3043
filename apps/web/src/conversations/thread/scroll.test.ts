/** The arithmetic that keeps the reader's place. */
import { expect, test } from 'vitest'
import { endOf, followsEnd, nearEnd, nearTop } from './scroll.ts'

const box = (scrollTop: number, scrollHeight = 2000, clientHeight = 600) => ({ scrollTop, scrollHeight, clientHeight })

test('within 80 pixels of the end the reader follows it, one pixel more and they do not', () => {
  expect(followsEnd(box(1400))).toBe(true)
  expect(followsEnd(box(1320))).toBe(true)
  expect(followsEnd(box(1319))).toBe(false)
})

test('a transcript shorter than its box is at its end', () => {
  expect(followsEnd(box(0, 300))).toBe(true)
  expect(endOf(box(0, 300))).toBe(0)
})

test('more is asked for before either end of what is held is reached', () => {
  expect(nearTop(box(400))).toBe(true)
  expect(nearTop(box(401))).toBe(false)
  expect(nearEnd(box(1000))).toBe(true)
  expect(nearEnd(box(999))).toBe(false)
})
