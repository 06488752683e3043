/** The rubric that counts in a workspace now. */
import { RUBRIC, type Ruled } from '@earshot/analysis'
import { Rubric, STANDARD_RUBRIC } from '@earshot/contracts'
import type { Tx } from '../../platform/db.ts'
import { findCurrent } from './queries-rubrics.ts'

export const STANDARD_VERSION = Number(RUBRIC.version)

export async function rubricOf(tx: Tx, workspaceId: string): Promise<Ruled> {
  const row = await findCurrent(tx, workspaceId)
  return row
    ? { rubric: Rubric.parse(row.rubric), version: row.version }
    : { rubric: STANDARD_RUBRIC, version: STANDARD_VERSION }
}

/** What a model is asked for it. */
export const questionsOf = ({ own }: Rubric): string[] =>
  own.flatMap(({ judge }) => (judge.by === 'question' ? [judge.question] : []))
