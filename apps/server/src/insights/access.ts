/** The only way to an unanswered question on someone's behalf: of this workspace, or it does not exist. */
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { lockQuestion, type QuestionRow } from './queries.ts'

export async function accessLockedQuestion(tx: Tx, ctx: Context, id: string): Promise<QuestionRow> {
  const row = await lockQuestion(tx, ctx.workspaceId, id)
  if (!row) throw new AppError('question.not_found')
  return row
}
