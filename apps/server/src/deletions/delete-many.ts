/** Delete many conversations for good: a job that takes a few at a time, each in a transaction of its own. */
import { ConversationSelection, type Job, type JsonValue } from '@earshot/contracts'
import { countSelection, selectIds } from '../conversations/index.ts'
import { enqueueJob, type JobKind, type JobRun } from '../jobs/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { writeAudit } from '../team/index.ts'
import { bury } from './bury.ts'
import { finishSoon } from './finish-deletion.ts'

const AT_ONCE = 20

export async function deleteMany(ctx: Context, selection: ConversationSelection, reason: string | null): Promise<Job> {
  const total = await countSelection(ctx, selection)
  return transact(ctx, async (tx) => {
    await writeAudit(tx, ctx, 'conversations.deletion_asked', null, { total })
    const params = { selection: selection as unknown as JsonValue, reason }
    return enqueueJob(tx, ctx, { kind: deletionJob.kind, params, about: { action: 'delete' }, total })
  })
}

/** What begins after the job was asked for is newer than the job's own id, and stays. */
export const deletionJob: JobKind = {
  kind: 'conversations.delete',
  async step(run) {
    const selection = ConversationSelection.parse(run.params.selection)
    const after = typeof run.progress.after === 'string' ? run.progress.after : null
    const ids = await selectIds(run.ctx, selection, { after, limit: AT_ONCE })
    const meant = 'ids' in selection ? ids : ids.filter((id) => id < run.id)
    for (const id of meant) await deleteOne(run, id)
    return meant.length < AT_ONCE ? 'finished' : 'more'
  },
}

async function deleteOne(run: JobRun, id: string): Promise<void> {
  const reason = typeof run.params.reason === 'string' ? run.params.reason : null
  const buried = await transact(run.ctx, async (tx) => {
    const found = await bury(tx, run.ctx, id, reason).catch((error) => {
      // Somebody else deleted it between two steps of ours.
      if (error instanceof AppError && error.code === 'conversation.not_found') return undefined
      throw error
    })
    await run.save(tx, { done: found ? 1 : 0, progress: { after: id } })
    return found
  })
  if (buried) await finishSoon(run.ctx, id)
}
