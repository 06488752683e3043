/** Nobody judges answers of their own, unless they are answerable for the team. */

import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { isAtLeast } from '../../team/index.ts'
import type { ReviewRow } from '../queries.ts'
import { hasAnswered } from './queries-overrides.ts'

export async function refuseOwnWork(tx: Tx, ctx: Context, review: ReviewRow): Promise<void> {
  const { actor, workspaceId } = ctx
  if (review.judged === 'agent' || actor.kind !== 'operator' || actor.id === null) return
  if (isAtLeast(actor.role, 'supervisor')) return
  if (await hasAnswered(tx, workspaceId, review.conversationId, actor.id)) throw new AppError('review.own_work')
}
