/** Figures of agreement and calibration: plain functions of what two judges said. */

export interface Pair<T> {
  review: T
  person: T
}

/** The share of pairs in which both say the same, or are at most `within` apart. Null without pairs. */
export function agreement<T>(pairs: readonly Pair<T>[], within = 0): number | null {
  if (pairs.length === 0) return null
  return pairs.filter(({ review, person }) => distance(review, person) <= within).length / pairs.length
}

const distance = (a: unknown, b: unknown): number =>
  typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) : a === b ? 0 : Number.POSITIVE_INFINITY

/** Agreement beyond chance, for words without an order (Cohen 1960). Null when chance alone would agree always. */
export function kappa(pairs: readonly Pair<string>[]): number | null {
  return weightedKappa(pairs, (a, b) => (a === b ? 0 : 1))
}

/** The same for points: the further apart, the worse, by the square (Cohen 1968). */
export function quadraticKappa(pairs: readonly Pair<number>[]): number | null {
  return weightedKappa(pairs, (a, b) => (a - b) ** 2)
}

/** 1 − observed ÷ expected disagreement. The expected one takes each judge's own frequencies, independent of the other's. */
function weightedKappa<T>(pairs: readonly Pair<T>[], weigh: (a: T, b: T) => number): number | null {
  if (pairs.length === 0) return null
  const observed = sum(pairs.map(({ review, person }) => weigh(review, person))) / pairs.length
  const reviews = countOf(pairs.map(({ review }) => review))
  const people = countOf(pairs.map(({ person }) => person))
  let expected = 0
  for (const [a, n] of reviews) for (const [b, m] of people) expected += weigh(a, b) * n * m
  expected /= pairs.length ** 2
  return expected === 0 ? null : 1 - observed / expected
}

export function countOf<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** How many points the review gives more than people, on average. */
export function bias(pairs: readonly Pair<number>[]): number | null {
  return pairs.length === 0 ? null : sum(pairs.map(({ review, person }) => review - person)) / pairs.length
}

/** How often each was said where a person says another: most often first. */
export function confusions<T>(pairs: readonly Pair<T>[]): (Pair<T> & { count: number })[] {
  const differing = pairs.filter(({ review, person }) => review !== person)
  const counts = countOf(differing.map(({ review, person }) => JSON.stringify([review, person])))
  return [...counts]
    .map(([key, count]) => {
      const [review, person] = JSON.parse(key) as [T, T]
      return { review, person, count }
    })
    .sort((a, b) => b.count - a.count)
}

/** A score and a rating that so many conversations have. */
export interface Rated {
  score: number
  stars: number
  count: number
}

/** Rank correlation, ties sharing their mean rank. Null when either does not vary. */
export function spearman(rated: readonly Rated[]): number | null {
  const scores = ranksOf(rated.map(({ score, count }) => [score, count]))
  const stars = ranksOf(rated.map(({ stars: value, count }) => [value, count]))
  const total = sum(rated.map(({ count }) => count))
  const mean = (total + 1) / 2
  let both = 0
  let [ofScores, ofStars] = [0, 0]
  for (const one of rated) {
    const x = scores.get(one.score)! - mean
    const y = stars.get(one.stars)! - mean
    both += one.count * x * y
    ofScores += one.count * x * x
    ofStars += one.count * y * y
  }
  return ofScores === 0 || ofStars === 0 ? null : clamp(both / Math.sqrt(ofScores * ofStars))
}

/** Value → mean rank of all that have it. */
function ranksOf(values: [value: number, count: number][]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const [value, count] of values) counts.set(value, (counts.get(value) ?? 0) + count)
  const ranks = new Map<number, number>()
  let before = 0
  for (const [value, count] of [...counts].sort(([a], [b]) => a - b)) {
    ranks.set(value, before + (count + 1) / 2)
    before += count
  }
  return ranks
}

export interface Bin {
  from: number
  to: number
  count: number
  score: number | null
  stars: number | null
}

/** Scores in bands of `width`, each with its mean score and mean rating; 100 belongs to the last. */
export function calibrate(rated: readonly Rated[], width = 20): Bin[] {
  const last = 100 / width - 1
  return Array.from({ length: last + 1 }, (_, i) => {
    const inside = rated.filter(({ score }) => Math.min(last, Math.floor(score / width)) === i)
    const count = sum(inside.map((one) => one.count))
    const mean = (of: 'score' | 'stars') => (count === 0 ? null : sum(inside.map((one) => one[of] * one.count)) / count)
    return {
      from: i * width,
      to: i === last ? 100 : (i + 1) * width - 1,
      count,
      score: mean('score'),
      stars: mean('stars'),
    }
  })
}

export const perHundred = (count: number, of: number): number | null => (of === 0 ? null : (100 * count) / of)

const clamp = (value: number): number => Math.max(-1, Math.min(1, value))
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)
