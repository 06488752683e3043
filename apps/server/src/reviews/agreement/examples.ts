/** Corrections as labelled examples: for a model that reviews, and to take along. */
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { writeAudit } from '../../team/index.ts'
import type { Quoted } from '../shape.ts'
import { findLabelled, type LabelledRow } from './queries-corrections.ts'

export interface Example {
  /** A part of the rubric, or `resolution`, `outcome`, `stage`. */
  of: string
  source: 'correction' | 'second_review'
  review: number | string | null
  person: number | string | null
  max: number | null
  /** Why, in the person's words; may be empty in a second review. */
  reason: string
  about: { intent: string | null; summary: string | null; reviewReason: string | null; quotes: Quoted[] }
  analyser: string
  analyserVersion: string
  judged: string
  at: string
}

/** A year: what people thought before was of another rubric and another team. */
const DAYS = 365
const MOST = 10_000

/** The newest corrections of one part (or `resolution`, `outcome`, `stage`): what a person says, why, and the lines it rests on. */
export async function findExamples(tx: Tx, workspaceId: string, part: string, limit = 4): Promise<Example[]> {
  return (await findLabelled(tx, workspaceId, { days: DAYS, part, limit })).map(toExample)
}

/** JSON lines, newest first. It holds what customers wrote, so taking it out is in the audit log. */
export function exportExamples(ctx: Context, { days }: { days: number }): Promise<string> {
  return transact(ctx, async (tx) => {
    const rows = await findLabelled(tx, ctx.workspaceId, { days, limit: MOST })
    await writeAudit(tx, ctx, 'review.examples_exported', null, { days, examples: rows.length })
    return rows.map((row) => `${JSON.stringify(toExample(row))}\n`).join('')
  })
}

function toExample(row: LabelledRow): Example {
  const { shaped } = row
  const part = shaped.quality.parts.find(({ key }) => key === row.part)
  return {
    of: row.part || row.field,
    source: row.source,
    review: row.review,
    person: row.person,
    max: row.max,
    reason: row.reason,
    about: {
      intent: shaped.intent,
      summary: shaped.sessionSummary,
      reviewReason: part?.reason ?? null,
      quotes: part?.evidence ?? [],
    },
    analyser: row.analyser,
    analyserVersion: row.analyserVersion,
    judged: row.judged,
    at: row.at.toISOString(),
  }
}
