/** Enqueue a job, in the transaction of whatever asks for it. */
import type { Job } from '@earshot/contracts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import type { JobData } from './kinds.ts'
import { findJob, insertJob } from './queries.ts'
import { viewJob } from './view.ts'

export interface JobOrder {
  kind: string
  params: JobData
  /** What people read about it while it runs. */
  about: JobData
  total?: number | null
  undoes?: string
}

/** It starts when the transaction commits, on any node that knows the kind, as whoever asks now. */
export async function enqueueJob(tx: Tx, ctx: Context, order: JobOrder): Promise<Job> {
  if (!ctx.jobKinds.has(order.kind)) throw new Error(`there is no kind of job ${order.kind}`)
  const { kind, id, name, role, scopes } = ctx.actor
  const jobId = await insertJob(tx, ctx.workspaceId, {
    ...order,
    total: order.total ?? null,
    undoes: order.undoes ?? null,
    createdBy: { kind, id, name, role, scopes },
  })
  await record(tx, ctx.workspaceId, { type: 'job.changed', jobId })
  const row = await findJob(tx, ctx.workspaceId, jobId)
  return viewJob(row!, ctx.jobKinds)
}
