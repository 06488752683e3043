/** Auto-resume: a person has the conversation and nobody has said anything for long: the agent answers again. */
import { accessLocked, handBackInside } from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { readResumeAfter } from './queries.ts'
import { findHeldSilent } from './queries-silent.ts'

export async function resumeAgents(ctx: Context, now: Date): Promise<number> {
  const found = await transact(ctx, async (tx) => {
    const minutes = await readResumeAfter(tx, ctx.workspaceId)
    return minutes === null ? [] : findHeldSilent(tx, ctx.workspaceId, minutes, now)
  })
  let resumed = 0
  for (const id of found) if (await resume(ctx, id, now)) resumed++
  return resumed
}

/** Looked at again under the lock: whoever wrote meanwhile keeps the floor. */
function resume(ctx: Context, id: string, now: Date): Promise<boolean> {
  return transact(ctx, async (tx) => {
    const current = await accessLocked(tx, ctx, id)
    const minutes = await readResumeAfter(tx, ctx.workspaceId)
    if (minutes === null || current.status !== 'active' || current.control !== 'operator') return false
    if (!(await findHeldSilent(tx, ctx.workspaceId, minutes, now)).includes(id)) return false
    await handBackInside(tx, ctx, current, { announce: true })
    return true
  }).catch((error: unknown) => {
    if (error instanceof AppError) return false
    throw error
  })
}
