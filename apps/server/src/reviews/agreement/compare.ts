/** What people said of reviews, as pairs: the review's value beside the person's. */
import type { FieldAgreement, PartAgreement } from '@earshot/contracts'
import type { Said } from './queries-agreement.ts'
import { agreement, bias, confusions, kappa, type Pair, quadraticKappa } from './statistics.ts'

/** Points so close count as the same. */
export const WITHIN = 2

/** Each pair of one part, and whether the person went through the whole review or only overruled what they saw. */
interface Judged<T> extends Pair<T> {
  whole: boolean
}

export function partAgreements(said: readonly Said[], onlyBlind: boolean): PartAgreement[] {
  const maxima = new Map<string, number>()
  for (const one of said) for (const part of one.parts) if (!maxima.has(part.key)) maxima.set(part.key, part.max)
  return [...maxima].map(([key, max]) => {
    const all = said.flatMap((one) => pairsOfPart(one, key, onlyBlind))
    const whole = all.filter((pair) => pair.whole)
    return {
      part: key,
      max,
      compared: whole.length,
      agree: agreement(whole, WITHIN),
      kappa: quadraticKappa(whole),
      overrides: said.flatMap((one) => one.overrides.filter((o) => o.field === 'part' && o.part === key)).length,
      bias: bias(all),
    }
  })
}

function pairsOfPart(one: Said, key: string, onlyBlind: boolean): Judged<number>[] {
  const part = one.parts.find((other) => other.key === key && other.applicable)
  if (!part) return []
  const pair = (person: number, whole: boolean) => ({ review: part.points, person, whole })
  const blind = one.sheets.flatMap(({ points }) => (points[key] === undefined ? [] : [pair(points[key], true)]))
  if (onlyBlind) return blind
  const overruled = one.overrides.find((o) => o.field === 'part' && o.part === key)?.personValue
  if (typeof overruled === 'number') return [...blind, pair(overruled, one.checks.length > 0)]
  const agreed = one.checks.some(({ agreed: parts }) => parts.length === 0 || parts.includes(key))
  return agreed ? [...blind, pair(part.points, true)] : blind
}

const FIELDS = ['resolution', 'outcome', 'stage'] as const

export function fieldAgreements(said: readonly Said[], onlyBlind: boolean): FieldAgreement[] {
  return FIELDS.map((field) => {
    const all = said.flatMap((one) => pairsOfField(one, field, onlyBlind))
    const whole = all.filter((pair) => pair.whole)
    return {
      field,
      compared: whole.length,
      agree: agreement(whole),
      kappa: kappa(whole.map(({ review, person }) => ({ review: review ?? '', person: person ?? '' }))),
      overrides: said.flatMap((one) => one.overrides.filter((o) => o.field === field)).length,
      confusions: confusions(all).slice(0, 20),
    }
  })
}

function pairsOfField(one: Said, field: (typeof FIELDS)[number], onlyBlind: boolean): Judged<string | null>[] {
  const review = one[field]
  const blind =
    field === 'resolution' ? one.sheets.map(({ resolution }) => ({ review, person: resolution, whole: true })) : []
  if (onlyBlind) return blind
  const overruled = one.overrides.find((o) => o.field === field)?.personValue
  if (typeof overruled === 'string') return [...blind, { review, person: overruled, whole: one.checks.length > 0 }]
  const agreed = one.checks.some(({ agreed: parts }) => parts.length === 0)
  return agreed ? [...blind, { review, person: review, whole: true }] : blind
}
