/** Change an unanswered question: its words, or what became of it. */
import type { changeUnanswered, UnansweredQuestion } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { accessLockedQuestion } from './access.ts'
import { viewQuestion } from './list-questions.ts'
import { type QuestionChange, updateQuestion } from './queries.ts'

type Wish = z.output<typeof changeUnanswered.body>

export function changeQuestion(ctx: Context, id: string, wish: Wish): Promise<UnansweredQuestion> {
  return transact(ctx, async (tx) => {
    await accessLockedQuestion(tx, ctx, id)
    const named = wish.question === undefined ? {} : { question: wish.question }
    await updateQuestion(tx, ctx.workspaceId, id, { ...named, ...settled(ctx, wish) })
    await tellInsights(tx, ctx)
    return viewQuestion(tx, ctx, id)
  })
}

function settled(ctx: Context, { state, reason }: Wish): QuestionChange {
  if (state === undefined) return {}
  if (state === 'open') return { state, dismissedFor: null, settledAt: null, settledBy: null, reopenedAt: null }
  const dismissedFor = state === 'dismissed' ? (reason ?? 'other') : null
  return { state, dismissedFor, settledAt: new Date(), settledBy: ctx.actor.name, reopenedAt: null }
}

export const tellInsights = (tx: Tx, ctx: Context): Promise<void> =>
  record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'insights', id: ctx.workspaceId })
