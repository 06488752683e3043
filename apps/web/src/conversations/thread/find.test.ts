/** Searching inside a conversation: where a term stands, and which hit comes next. */
import { expect, test } from 'vitest'
import { placesOf } from './places.ts'
import { nextIndex } from './use-find.ts'

test('a term is found whatever its case, and its signs are signs', () => {
  expect(placesOf('Roof on the ROOF', 'roof')).toEqual([
    [0, 4],
    [12, 16],
  ])
  expect(placesOf('cost (EUR)? 100%_a', '(eur)?')).toEqual([[5, 11]])
  expect(placesOf('50% off', '%')).toEqual([[2, 3]])
  expect(placesOf('退款 please', '款')).toEqual([[1, 2]])
  expect(placesOf('anything', '  ')).toEqual([])
})

test('where capitals or whole words count, only those are found', () => {
  expect(placesOf('Roof on the roof', 'Roof', { matchCase: true, wholeWord: false })).toEqual([[0, 4]])
  const whole = { matchCase: false, wholeWord: true }
  expect(placesOf('roofing, Roof. roof', 'roof', whole).map(([from]) => from)).toEqual([9, 15])
  expect(placesOf('größer Größe', 'größe', whole)).toEqual([[7, 12]])
})

test('the next hit is the nearest that way, and after the last comes the first', () => {
  const hits = [3, 10, 40]
  expect(nextIndex(hits, null, 1)).toBe(2)
  expect(nextIndex(hits, 10, 1)).toBe(2)
  expect(nextIndex(hits, 40, 1)).toBe(0)
  expect(nextIndex(hits, 10, -1)).toBe(0)
  expect(nextIndex(hits, 3, -1)).toBe(2)
  // From a line that is no hit itself.
  expect(nextIndex(hits, 20, 1)).toBe(2)
  expect(nextIndex(hits, 20, -1)).toBe(1)
})
