/** When the agent answers again by itself after a person fell silent. */
import type { FollowUpSettings } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { record } from '../platform/events.ts'
import { writeAudit } from '../team/index.ts'
import { putResumeAfter, readResumeAfter } from './queries.ts'

export const getSettings = (ctx: Context): Promise<FollowUpSettings> =>
  transact(ctx, async (tx) => ({ resumeAfterMinutes: await readResumeAfter(tx, ctx.workspaceId) }))

export function setSettings(ctx: Context, given: FollowUpSettings): Promise<FollowUpSettings> {
  return transact(ctx, async (tx) => {
    await putResumeAfter(tx, ctx.workspaceId, given.resumeAfterMinutes)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'follow-ups', id: 'settings' })
    await writeAudit(tx, ctx, 'follow_up.settings_changed', ctx.workspaceId, { ...given })
    return given
  })
}
