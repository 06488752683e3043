/** Undo a job: a job of its own, which restores what the first one changed and nobody has changed since. */
import type { Job } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { accessJob, accessOwnJob } from './access.ts'
import { enqueueJob } from './enqueue.ts'
import { setUndoneBy } from './queries.ts'
import { viewJob } from './view.ts'

/** Asking twice answers with the same job. A running one is cancelled first, by whoever wants it undone. */
export function undoJob(ctx: Context, id: string): Promise<Job> {
  return transact(ctx, async (tx) => {
    const current = await accessOwnJob(tx, ctx, id)
    const kind = ctx.jobKinds.get(current.kind)?.undoneBy
    if (current.undoneBy) return viewJob(await accessJob(tx, ctx, current.undoneBy), ctx.jobKinds)
    if (current.state === 'queued' || current.state === 'running') throw new AppError('job.running')
    if (!kind || current.done === 0) throw new AppError('job.not_undoable')
    const order = { kind, params: { jobId: id }, about: current.about, total: current.done, undoes: id }
    const job = await enqueueJob(tx, ctx, order)
    await setUndoneBy(tx, ctx.workspaceId, id, job.id)
    await record(tx, ctx.workspaceId, { type: 'job.changed', jobId: id })
    return job
  })
}
