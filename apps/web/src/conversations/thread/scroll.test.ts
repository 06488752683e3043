/** The arithmetic that keeps the reader's place. */
import { expect, test } from 'vitest'
import { endOf, followsEnd, keepPlace, nearTop, settle } from './scroll.ts'

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

test('what comes above pushes the scroll position by its own height', () => {
  expect(keepPlace(120, 2000, 3500)).toBe(1620)
  const before = box(120)
  const top = settle({ follows: false, prepended: true, before, heightAfter: 3500 })
  // The line that stood 120 pixels below the top of the content still stands at the top of the box.
  expect(top - before.scrollTop).toBe(3500 - before.scrollHeight)
})

test('what comes below moves only a reader who follows', () => {
  expect(settle({ follows: true, prepended: false, before: box(1400), heightAfter: 2100 })).toBe(1500)
  expect(settle({ follows: false, prepended: false, before: box(900), heightAfter: 2100 })).toBe(900)
})

test('older entries are asked for before the top is reached', () => {
  expect(nearTop(box(400))).toBe(true)
  expect(nearTop(box(401))).toBe(false)
})
