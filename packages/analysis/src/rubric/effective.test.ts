/** The effective score against sums done by hand. */
import { expect, test } from 'vitest'
import { effectiveScore, scoreOf } from './effective.ts'

const part = (key: string, points: number, max: number, applicable = true) => ({ key, points, max, applicable })
const parts = [
  part('answered', 24, 30),
  part('resolution', 8, 20),
  part('supported', 15, 15),
  part('effort', 9, 15),
  part('care', 10, 10),
  part('speed', 0, 10, false),
]
const quality = (caps: { key: string; max: number }[] = []) => ({ score: scoreOf(parts, caps), parts, caps })

test('parts that apply are scaled to 100', () => {
  expect(scoreOf(parts, [])).toBe(73) // 66 of 90
  expect(scoreOf(parts, [{ key: 'breach', max: 30 }])).toBe(30)
  expect(scoreOf([part('speed', 5, 10, false)], [])).toBeNull()
})

test("a person's points count in place of the engine's", () => {
  expect(effectiveScore(quality(), new Map([['resolution', 20]]))).toBe(87) // 78 of 90
  expect(effectiveScore(quality(), new Map([['answered', 0]]))).toBe(47) // 42 of 90
  expect(effectiveScore(quality(), new Map())).toBe(73)
  expect(effectiveScore({ ...quality(), score: null }, new Map([['answered', 30]]))).toBeNull()
})

test('a cap falls with the part it rests on, a breach never', () => {
  const unanswered = quality([{ key: 'last_question_unanswered', max: 60 }])
  expect(unanswered.score).toBe(60)
  expect(effectiveScore(unanswered, new Map([['answered', 30]]))).toBe(80) // 72 of 90
  expect(effectiveScore(unanswered, new Map([['resolution', 20]]))).toBe(60)
  expect(effectiveScore(unanswered, new Map([['answered', 20]]))).toBe(60)
  expect(effectiveScore(quality([{ key: 'breach', max: 30 }]), new Map([['answered', 30]]))).toBe(30)
})
