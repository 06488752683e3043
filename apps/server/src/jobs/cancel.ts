/** Cancel a job: it stops after the step it is in, and what is done stays. */
import type { Job } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { accessJob, accessOwnJob } from './access.ts'
import { askCancel } from './queries.ts'
import { viewJob } from './view.ts'

/** Cancelling twice changes nothing; what has ended can no longer be cancelled. */
export function cancelJob(ctx: Context, id: string): Promise<Job> {
  return transact(ctx, async (tx) => {
    const current = await accessOwnJob(tx, ctx, id)
    if (!(await askCancel(tx, ctx.workspaceId, id))) {
      if (current.state !== 'cancelled') throw new AppError('job.over')
      return viewJob(current, ctx.jobKinds)
    }
    await record(tx, ctx.workspaceId, { type: 'job.changed', jobId: id })
    return viewJob(await accessJob(tx, ctx, id), ctx.jobKinds)
  })
}
