/** Read jobs, on someone's behalf. */
import type { Job } from '@earshot/contracts'
import { Id, ROLES } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { findJob, findJobs, findJobsById, type JobPage, type JobRow } from './queries.ts'
import { viewJob } from './view.ts'

export async function accessJob(tx: Tx, ctx: Context, id: string, lock = false): Promise<JobRow> {
  const row = await findJob(tx, ctx.workspaceId, id, lock)
  if (!row) throw new AppError('job.not_found')
  return row
}

/** To stop or undo: one's own, or anybody's as a supervisor. */
export async function accessOwnJob(tx: Tx, ctx: Context, id: string): Promise<JobRow> {
  const row = await accessJob(tx, ctx, id, true)
  const by = row.createdBy as { kind: string; id: string | null }
  const isOwn = by.kind === ctx.actor.kind && by.id === ctx.actor.id
  if (!isOwn && ROLES.indexOf(ctx.actor.role) < ROLES.indexOf('supervisor')) throw new AppError('auth.forbidden')
  return row
}

export function getJob(ctx: Context, id: string): Promise<Job> {
  return transact(ctx, async (tx) => viewJob(await accessJob(tx, ctx, id), ctx.jobKinds))
}

export function listJobs(ctx: Context, page: JobPage): Promise<{ items: Job[]; nextCursor: string | null }> {
  if (page.cursor !== undefined && !Id.safeParse(page.cursor).success) {
    throw new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'not a cursor of this list' }] })
  }
  return transact(ctx, async (tx) => {
    const rows = await findJobs(tx, ctx.workspaceId, { ...page, limit: page.limit + 1 })
    const items = rows.slice(0, page.limit)
    return {
      items: items.map((row) => viewJob(row, ctx.jobKinds)),
      nextCursor: rows.length > page.limit ? items.at(-1)!.id : null,
    }
  })
}

/** For the live stream. */
export async function readJobs(tx: Tx, ctx: Context, ids: string[]): Promise<Job[]> {
  return (await findJobsById(tx, ctx.workspaceId, ids)).map((row) => viewJob(row, ctx.jobKinds))
}
