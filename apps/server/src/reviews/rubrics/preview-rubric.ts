/** Preview a rubric: past conversations judged by it beside what they have, with nothing stored. */
import { applyRubric, type ConversationAnalysis } from '@earshot/analysis'
import type { Rubric, RubricPreview } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import { type Past, readPast } from '../rules/read-past.ts'

const LOOKED_AT = 200
const BIGGEST = 12
const BANDS = [
  { from: 80, to: 100 },
  { from: 60, to: 79 },
  { from: 40, to: 59 },
  { from: 0, to: 39 },
]

interface Judged {
  past: Past
  before: number | null
  after: ConversationAnalysis['quality']
}

export async function previewRubric(ctx: Context, rubric: Rubric): Promise<RubricPreview> {
  const past = await transact(ctx, (tx) => readPast(tx, ctx.workspaceId, LOOKED_AT))
  const judged = past.map((one): Judged => {
    const { snapshot, analysis, base } = one
    // A number of its own, so that nothing takes it for a version that exists.
    return {
      past: one,
      before: one.score,
      after: applyRubric(snapshot, analysis, { rubric, version: 0 }, base).quality,
    }
  })
  // Agents and people are never averaged together: people only where there are no agents.
  const ofAgents = judged.filter(({ after }) => after.judged === 'agent')
  const compared = ofAgents.length > 0 ? ofAgents : judged.filter(({ after }) => after.judged === 'human')
  const changed = judged.filter(({ before, after }) => before !== after.score)
  return {
    looked: judged.length,
    changed: changed.length,
    mean: {
      before: meanOf(compared.map(({ before }) => before)),
      after: meanOf(compared.map(({ after }) => after.score)),
    },
    bands: BANDS.map(({ from, to }) => {
      const within = (score: number | null) => score !== null && score >= from && score <= to
      return {
        from,
        to,
        before: judged.filter(({ before }) => within(before)).length,
        after: judged.filter(({ after }) => within(after.score)).length,
      }
    }),
    ...partsOf(rubric, judged),
    biggest: [...changed]
      .sort((a, b) => distance(b) - distance(a))
      .slice(0, BIGGEST)
      .map(({ past: { conversationId, number, title, contact }, before, after }) => ({
        conversationId,
        number,
        title,
        contact,
        before,
        after: after.score,
      })),
  }
}

const distance = ({ before, after }: Judged): number =>
  before === null || after.score === null ? 1000 : Math.abs(after.score - before)

function meanOf(scores: (number | null)[]): number | null {
  const known = scores.filter((score) => score !== null)
  return known.length === 0 ? null : Math.round((known.reduce((sum, one) => sum + one, 0) / known.length) * 10) / 10
}

function partsOf({ weights, own }: Rubric, judged: Judged[]): Pick<RubricPreview, 'parts' | 'notCounted'> {
  const keys = [
    ...Object.entries(weights).flatMap(([key, weight]) => (weight > 0 ? [key] : [])),
    ...own.map(({ key }) => key),
  ]
  const looked = keys.map((key) => ({
    key,
    all: judged.flatMap(({ after }) => after.parts.filter((part) => part.key === key)),
  }))
  return {
    parts: looked.map(({ key, all }) => {
      const counted = all.filter(({ applicable }) => applicable)
      const share = counted.reduce((sum, { points, max }) => sum + points / max, 0)
      return { key, counted: counted.length, mean: counted.length === 0 ? null : share / counted.length }
    }),
    notCounted: looked.flatMap(({ key, all }) =>
      all.length > 0 && all.every(({ applicable }) => !applicable) ? [{ key, why: all[0]!.reason }] : [],
    ),
  }
}
