/** How far reviews can be trusted: figures of a period, of agents or of people, never of both together. */
import type { AnalysisQuality, Judged } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import { fieldAgreements, partAgreements } from './compare.ts'
import {
  countDrift,
  countHeld,
  countPeriod,
  countRated,
  countVersions,
  findSaid,
  type Quarter,
  type Said,
  type Worth,
} from './queries-agreement.ts'
import { calibrate, perHundred, spearman } from './statistics.ts'

/** Of more than so many the newest count: agreement of months ago says little. */
const MOST_SAID = 5000
const MOST_HELD = 20_000
const LEVELS = ['claimed', 'executed', 'confirmed', 'verified'] as const
const MEASURES = ['flagged', 'notApplicable', 'noScore', 'negative'] as const

export interface Asked {
  judged: Judged
  days: number
  version?: string | undefined
  blind?: boolean | undefined
}

export function getAnalysisQuality(ctx: Context, asked: Asked): Promise<AnalysisQuality> {
  const { workspaceId } = ctx
  return transact(ctx, async (tx) => {
    const { reviews, overrides, corrected } = await countPeriod(tx, workspaceId, asked)
    const said = await findSaid(tx, workspaceId, asked, MOST_SAID)
    const rated = await countRated(tx, workspaceId, asked)
    const quarters = await countDrift(tx, workspaceId, asked)
    const held = await countHeld(tx, workspaceId, asked, MOST_HELD)
    return {
      judged: asked.judged,
      days: asked.days,
      version: asked.version ?? null,
      versions: await countVersions(tx, workspaceId, asked),
      reviews,
      compared: said.filter(wasJudgedWhole).length,
      blind: said.filter(({ sheets }) => sheets.length > 0).length,
      overrides,
      corrected,
      correctionsPerHundred: perHundred(overrides, reviews),
      parts: partAgreements(said, asked.blind ?? false),
      fields: fieldAgreements(said, asked.blind ?? false),
      calibration: {
        rated: rated.reduce((total, { count }) => total + count, 0),
        spearman: spearman(rated),
        bins: calibrate(rated),
      },
      worth: LEVELS.map((resolution) => worthOf(resolution, held)),
      drift: MEASURES.map((measure) => driftOf(measure, quarters)),
    }
  })
}

const wasJudgedWhole = ({ sheets, checks }: Said): boolean => sheets.length + checks.length > 0

function worthOf(resolution: (typeof LEVELS)[number], held: Worth[]): AnalysisQuality['worth'][number] {
  const found = held.find((one) => one.resolution === resolution)
  return { resolution, count: found?.count ?? 0, held: found?.held ?? 0 }
}

function driftOf(measure: (typeof MEASURES)[number], quarters: Quarter[]): AnalysisQuality['drift'][number] {
  const share = (of: Quarter[]) => {
    const count = of.reduce((total, one) => total + one.count, 0)
    return count === 0 ? null : of.reduce((total, one) => total + one[measure], 0) / count
  }
  return {
    measure,
    now: share(quarters.filter(({ quarter }) => quarter > 0)),
    before: share(quarters.filter(({ quarter }) => quarter === 0)),
    weeks: [1, 2, 3, 4].map((wanted) => share(quarters.filter(({ quarter }) => quarter === wanted)) ?? 0),
  }
}
