/** A workspace's rubric put over what an engine judged: its weights, its caps, its own parts. Put over it again it changes nothing. */
import type { OwnPart, Rubric } from '@earshot/contracts'
import type { ConversationAnalysis, Flag, Quality, QualityPart } from '../contract.ts'
import { scoreOf } from '../rubric/effective.ts'
import { RUBRIC } from '../rubric/rubric.ts'
import type { ConversationSnapshot } from '../snapshot.ts'
import { matchRule } from './match-rule.ts'
import { type Measured, measure } from './measure.ts'

/** What an engine judged by the rubric it comes with: kept, so that another rubric can be put over it. */
export type Base = Pick<Quality, 'parts' | 'caps'>

export const baseOf = ({ quality }: ConversationAnalysis): Base => ({ parts: quality.parts, caps: quality.caps })

export type Ruled = { rubric: Rubric; version: number }

/** Only a score by the rubric that Earshot comes with is weighed anew: one for operators is another scale. */
export const isWeighable = ({ quality }: ConversationAnalysis): boolean => /^\d+$/.test(quality.rubric)

export function applyRubric(
  snapshot: ConversationSnapshot,
  analysis: ConversationAnalysis,
  { rubric, version }: Ruled,
  base: Base = baseOf(analysis),
): ConversationAnalysis {
  if (!analysis.applicable || base.parts.length === 0 || !isWeighable(analysis)) return analysis
  const own = rubric.own.length === 0 ? [] : ownParts(rubric.own, measure(snapshot, analysis), analysis)
  const parts = [...base.parts.flatMap((part) => weighed(part, rubric)), ...own]
  const caps = base.caps.flatMap((cap) => {
    const max = rubric.caps[cap.key]
    return max === null ? [] : [{ ...cap, max }]
  })
  // Too little was said for a score, whatever the rubric.
  const score = analysis.quality.score === null && !wasUncounted(base) ? null : scoreOf(parts, caps)
  const quality: Quality = { ...analysis.quality, rubric: String(version), parts, caps, score }
  return { ...analysis, quality, flags: withLowScore({ ...analysis, quality }, score) }
}

/** Nothing of the engine's own parts counted, so that there was no score although enough was said. */
const wasUncounted = ({ parts }: Base): boolean => parts.every(({ applicable }) => !applicable)

function weighed(part: QualityPart, { weights }: Rubric): QualityPart[] {
  const weight = isStandard(part.key) ? weights[part.key] : undefined
  // Own parts of an earlier time are judged anew; what does not count is not shown.
  if (weight === undefined || weight === 0) return []
  const standard = RUBRIC.parts.find(({ key }) => key === part.key)?.max
  if (weight === standard && part.max === standard) return [part]
  return [{ ...part, points: Math.round((part.points / part.max) * weight), max: weight }]
}

const isStandard = (key: string): key is keyof Rubric['weights'] => RUBRIC.parts.some((part) => part.key === key)

const ownParts = (own: readonly OwnPart[], measured: Measured, analysis: ConversationAnalysis): QualityPart[] =>
  own.map(({ key, weight: max, judge }): QualityPart => {
    if (judge.by === 'rule') {
      const { holds, because, evidence } = matchRule(judge.rule, measured)
      const reason = because.join(' ')
      if (holds === null) return { key, points: 0, max, applicable: false, reason, evidence: [] }
      return { key, points: holds ? max : 0, max, applicable: true, reason, evidence }
    }
    const answer = analysis.answered?.find(({ question }) => question === judge.question)
    if (!answer) return { key, points: 0, max, applicable: false, reason: NO_MODEL, evidence: [] }
    const { share, reason, evidence } = answer
    if (share === null) return { key, points: 0, max, applicable: false, reason, evidence }
    return { key, points: Math.round(share * max), max, applicable: true, reason, evidence }
  })

export const NO_MODEL = 'A question for a model; no model has answered it.'

const LOW = 50

/** The flag for a low score goes by the score that is shown. */
function withLowScore({ flags, quality }: ConversationAnalysis, score: number | null): Flag[] {
  const others = flags.filter(({ code }) => code !== 'low_score')
  if (score === null || score >= LOW) return others
  const before = flags.find(({ code }) => code === 'low_score')
  const evidence = before?.evidence ?? quality.parts.flatMap((part) => part.evidence).slice(-1)
  if (evidence.length === 0) return others
  return [
    ...others,
    {
      code: 'low_score',
      severity: 'review',
      reason: `The quality score is ${score} of 100.`,
      evidence,
      confidence: 0.8,
    },
  ]
}
