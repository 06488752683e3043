/** Take an overruling back: the review's own value counts again, unless somebody has changed the conversation since. */
import type { ReviewOverride } from '@earshot/contracts'
import { accessLocked, updateConversation } from '../../conversations/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { writeAudit } from '../../team/index.ts'
import { findReviews } from '../queries.ts'
import { settle, takeBackChange } from './overrule.ts'
import { refuseOwnWork } from './own-work.ts'
import { endOverride, findOverrides } from './queries-overrides.ts'
import { viewOverride } from './view-override.ts'

/** Of an earlier review it is only no longer counted as right: the conversation goes by the latest one. */
export function undoOverride(ctx: Context, id: string, overrideId: string): Promise<ReviewOverride> {
  return transact(ctx, async (tx) => {
    const current = await accessLocked(tx, ctx, id)
    const row = (await findOverrides(tx, ctx.workspaceId, id)).find((one) => one.id === overrideId)
    if (!row || row.endedAt !== null) throw new AppError('override.not_found')
    const [latest] = await findReviews(tx, ctx.workspaceId, id, 1)
    if (latest) await refuseOwnWork(tx, ctx, latest)
    const ended = await endOverride(tx, ctx.workspaceId, overrideId, 'undone', ctx.actor)
    if (row.field === 'resolution' && current.resolution === row.personValue && latest)
      await updateConversation(tx, ctx.workspaceId, id, { resolution: latest.analysis.shaped.resolution })
    await takeBackChange(tx, ctx, row)
    if (latest?.id === row.reviewId) await settle(tx, ctx, current, latest)
    else await record(tx, ctx.workspaceId, { type: 'review.overruled', conversationId: id, reviewId: row.reviewId })
    const { field, part, engineValue, personValue } = row
    const details = {
      overrideId,
      reviewId: row.reviewId,
      field,
      part: part || null,
      from: personValue,
      to: engineValue,
    }
    await writeAudit(tx, ctx, 'review.override_undone', id, details)
    return viewOverride(ended)
  })
}
