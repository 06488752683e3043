/** Statistics against values worked out by hand. */
import { expect, test } from 'vitest'
import { agreement, bias, calibrate, confusions, kappa, perHundred, quadraticKappa, spearman } from './statistics.ts'

const repeat = <T>(review: T, person: T, count: number) => Array.from({ length: count }, () => ({ review, person }))

test('percent and kappa of the textbook table', () => {
  // Both yes 20, review alone 5, person alone 10, both no 15: observed 0.7, expected 0.5 · 0.6 + 0.5 · 0.4 = 0.5.
  const pairs = [
    ...repeat('yes', 'yes', 20),
    ...repeat('yes', 'no', 5),
    ...repeat('no', 'yes', 10),
    ...repeat('no', 'no', 15),
  ]
  expect(agreement(pairs)).toBeCloseTo(0.7, 10)
  expect(kappa(pairs)).toBeCloseTo(0.4, 10)
})

test('kappa is 1 in full agreement, below 0 against each other, and unsaid when chance agrees always', () => {
  expect(kappa([...repeat('a', 'a', 3), ...repeat('b', 'b', 2)])).toBe(1)
  expect(kappa([...repeat('a', 'b', 1), ...repeat('b', 'a', 1)])).toBe(-1)
  expect(kappa(repeat('a', 'a', 9))).toBeNull()
  expect(kappa([])).toBeNull()
})

test('weighted kappa counts distance by its square', () => {
  // Observed (0 + 1 + 4) / 3; expected over all nine crossings of {0, 1, 2} and {0, 2, 0}: (0+4+0 + 1+1+1 + 4+0+4) / 9 = 15/9.
  const pairs = [
    { review: 0, person: 0 },
    { review: 1, person: 2 },
    { review: 2, person: 0 },
  ]
  expect(quadraticKappa(pairs)).toBeCloseTo(0, 10)
  // Observed 1 / 3; expected of {0, 10, 20} and {0, 10, 19}: (0+100+361 + 100+0+81 + 400+100+1) / 9 = 127.
  const close = [
    { review: 0, person: 0 },
    { review: 10, person: 10 },
    { review: 20, person: 19 },
  ]
  expect(quadraticKappa(close)).toBeCloseTo(1 - 1 / 3 / 127, 10)
})

test('agreement within two points, and bias towards kindness', () => {
  const pairs = [
    { review: 20, person: 18 },
    { review: 20, person: 17 },
    { review: 8, person: 8 },
    { review: 0, person: 1 },
  ]
  expect(agreement(pairs, 2)).toBe(0.75)
  expect(bias(pairs)).toBe(1)
  expect(bias([])).toBeNull()
})

test('confusions leave agreement out and put the most frequent first', () => {
  const pairs = [
    ...repeat('claimed', 'verified', 2),
    ...repeat('claimed', 'claimed', 5),
    ...repeat<string | null>(null, 'x', 3),
  ]
  expect(confusions(pairs)).toEqual([
    { review: null, person: 'x', count: 3 },
    { review: 'claimed', person: 'verified', count: 2 },
  ])
})

test('rank correlation with ties', () => {
  const rated = (list: [number, number, number][]) => list.map(([score, stars, count]) => ({ score, stars, count }))
  expect(
    spearman(
      rated([
        [10, 1, 1],
        [50, 3, 2],
        [90, 5, 4],
      ]),
    ),
  ).toBe(1)
  expect(
    spearman(
      rated([
        [10, 5, 1],
        [50, 3, 1],
        [90, 1, 1],
      ]),
    ),
  ).toBe(-1)
  // Ranks 1 2 3 4 against 1.5 1.5 4 3: covariance 1.5 + 0.5 + 0.75 + 0.75, variances 5 and 4.5.
  expect(
    spearman(
      rated([
        [10, 1, 1],
        [20, 1, 1],
        [30, 3, 1],
        [40, 2, 1],
      ]),
    ),
  ).toBeCloseTo(3.5 / Math.sqrt(5 * 4.5), 10)
  expect(
    spearman(
      rated([
        [10, 3, 4],
        [90, 3, 4],
      ]),
    ),
  ).toBeNull()
})

test('bins of calibration hold every score once, 100 in the last', () => {
  const bins = calibrate([
    { score: 0, stars: 1, count: 1 },
    { score: 79, stars: 3, count: 1 },
    { score: 80, stars: 4, count: 1 },
    { score: 100, stars: 5, count: 3 },
  ])
  expect(bins.map(({ from, to, count }) => [from, to, count])).toEqual([
    [0, 19, 1],
    [20, 39, 0],
    [40, 59, 0],
    [60, 79, 1],
    [80, 100, 4],
  ])
  expect(bins[4]).toMatchObject({ score: 95, stars: 4.75 })
  expect(bins[1]).toMatchObject({ score: null, stars: null })
})

test('corrections per hundred', () => {
  expect(perHundred(3, 40)).toBe(7.5)
  expect(perHundred(0, 0)).toBeNull()
})
