/** Merge two questions, split one, and undo either: askings move, and nothing else is lost. */
import type { UnansweredQuestion } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { accessLockedQuestion } from './access.ts'
import { tellInsights } from './change-question.ts'
import { viewQuestion } from './list-questions.ts'
import { countAskings, endMove, insertMove, insertQuestion, moveAskings } from './queries.ts'

type Moved = { moveId: string; question: UnansweredQuestion }

export function mergeQuestions(ctx: Context, id: string, into: string): Promise<Moved> {
  if (id === into) throw new AppError('question.same')
  return transact(ctx, async (tx) => {
    // In one order, so that two who merge the same two do not wait for each other.
    for (const one of [id, into].sort()) await accessLockedQuestion(tx, ctx, one)
    return move(tx, ctx, { from: id, to: into, ids: null })
  })
}

export function splitQuestion(ctx: Context, id: string, askingIds: string[]): Promise<Moved> {
  const ids = [...new Set(askingIds)]
  return transact(ctx, async (tx) => {
    await accessLockedQuestion(tx, ctx, id)
    if (ids.length >= (await countAskings(tx, ctx.workspaceId, id))) throw new AppError('question.whole')
    const to = await insertQuestion(tx, ctx.workspaceId)
    return move(tx, ctx, { from: id, to, ids })
  })
}

async function move(tx: Tx, ctx: Context, wish: { from: string; to: string; ids: string[] | null }): Promise<Moved> {
  const { workspaceId, actor } = ctx
  const askingIds = await moveAskings(tx, workspaceId, wish)
  if (wish.ids && askingIds.length < wish.ids.length) throw new AppError('question.whole')
  if (askingIds.length === 0) throw new AppError('question.not_found')
  const moveId = await insertMove(tx, { workspaceId, fromId: wish.from, toId: wish.to, askingIds, byName: actor.name })
  await tellInsights(tx, ctx)
  return { moveId, question: await viewQuestion(tx, ctx, wish.to) }
}

/** What was asked since stays where it is, and what was moved on meanwhile as well. */
export function undoMove(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    const moved = await endMove(tx, ctx.workspaceId, id)
    if (!moved) throw new AppError('question_move.not_found')
    await moveAskings(tx, ctx.workspaceId, { from: moved.toId, to: moved.fromId, ids: moved.askingIds })
    await tellInsights(tx, ctx)
    return { ok: true as const }
  })
}
