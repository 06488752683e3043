/** The points that digits stand for. */
import { expect, test } from 'vitest'
import { scaleOf } from './scale-of.ts'

test('the engine’s own points are among them, each once, least first, never more than there are digits', () => {
  expect(scaleOf(5, 15)).toEqual([0, 3, 5, 8, 10, 12, 15])
  expect(scaleOf(11, 15)).toEqual([0, 3, 5, 8, 10, 11, 12, 15])
  expect(scaleOf(1, 1)).toEqual([0, 1])
  for (let max = 1; max <= 100; max++)
    for (let given = 0; given <= max; given++) expect(scaleOf(given, max).length).toBeLessThanOrEqual(10)
})
