/** How a judged part is put together: points kept within its maximum, reasons as sentences, evidence in order and without doubles. */
import type { Evidence, QualityPart } from '../contract.ts'
import { maxOf, type PartKey } from './rubric.ts'

export const part = (key: PartKey, points: number, reason: string, evidence: Evidence[]): QualityPart => {
  const max = maxOf(key)
  return {
    key,
    points: Math.round(Math.min(max, Math.max(0, points))),
    max,
    applicable: true,
    reason,
    evidence: tidy(evidence),
  }
}

export const notApplicable = (key: PartKey, reason: string): QualityPart => ({
  key,
  points: 0,
  max: maxOf(key),
  applicable: false,
  reason,
  evidence: [],
})

export const tidy = (evidence: Evidence[]): Evidence[] => {
  const seen = new Map<string, Evidence>()
  for (const one of evidence) seen.set(`${one.position}:${one.start ?? ''}`, one)
  return [...seen.values()].sort((a, b) => a.position - b.position).slice(0, 12)
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** Small numbers as words, as the screens write them. */
export const spelled = (n: number): string => NUMBERS[n] ?? String(n)

export const count = (n: number, one: string, many = `${one}s`): string => `${spelled(n)} ${n === 1 ? one : many}`

export const sentence = (text: string): string => (text ? text.charAt(0).toUpperCase() + text.slice(1) : text)
