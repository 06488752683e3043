/** Run one job to its end: step after step, each in its own transaction, under a lease that another node may take over. */
import type { Actor, Services } from '../platform/context.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import type { JobKind, JobRun, StepProgress } from './kinds.ts'
import { type Claim, endJob, findJob, type JobRow, releaseJob, renewJob, saveStep } from './queries.ts'

/** The job is another node's now, or gone: nothing of this step may stay. */
export class JobLost extends Error {}

const MAX_ATTEMPTS = 8
/** Screens are told about progress at most this often. */
const TELL_MS = 250

export interface RunParts {
  services: Services
  leaseMs: number
  /** True when this node stops: the job is given back after the step it is in. */
  isStopping(): boolean
}

export async function runJob(parts: RunParts, claim: Claim): Promise<void> {
  const { services } = parts
  const system: Pick<Context, 'db' | 'workspaceId'> = { db: services.db, workspaceId: claim.workspaceId }
  const row = await transact(system, (tx) => findJob(tx, claim.workspaceId, claim.id))
  const kind = row && services.jobKinds.get(row.kind)
  if (!row || !kind) return
  const run = openRun(services, claim, row)
  const beat = setInterval(() => {
    void transact(system, (tx) => renewJob(tx, claim, parts.leaseMs)).catch(() => {})
  }, parts.leaseMs / 3)
  try {
    await runSteps(parts, claim, kind, run)
  } catch (error) {
    if (error instanceof JobLost) return
    await letGo(services, claim, kind, run, error)
  } finally {
    clearInterval(beat)
  }
}

async function runSteps(parts: RunParts, claim: Claim, kind: JobKind, run: JobRun): Promise<void> {
  for (;;) {
    const held = await transact(run.ctx, (tx) => renewJob(tx, claim, parts.leaseMs))
    if (!held) return
    if (held.cancelAsked) {
      await kind.abandon?.(run)
      return end(run.ctx, claim, 'cancelled', null)
    }
    if (parts.isStopping())
      return transact(run.ctx, (tx) => releaseJob(tx, claim, { pauseMs: 0, error: null, forgive: true }))
    if ((await kind.step(run)) === 'finished') return end(run.ctx, claim, 'done', null)
  }
}

function openRun(services: Services, claim: Claim, row: JobRow): JobRun {
  const actor = row.createdBy as unknown as Actor
  let toldAt = 0
  const run: JobRun = {
    id: row.id,
    ctx: { ...services, workspaceId: claim.workspaceId, actor },
    params: row.params,
    progress: row.progress,
    result: row.result,
    done: row.done,
    total: row.total,
    async save(tx: Tx, step: StepProgress) {
      const saved = await saveStep(tx, claim, step)
      if (!saved) throw new JobLost()
      const { progress, result, done, total } = saved
      Object.assign(run, { progress, result, done, total })
      if (performance.now() - toldAt < TELL_MS) return
      toldAt = performance.now()
      await record(tx, claim.workspaceId, { type: 'job.changed', jobId: claim.id })
    },
  }
  return run
}

async function end(
  ctx: Context,
  claim: Claim,
  state: 'done' | 'failed' | 'cancelled',
  error: string | null,
): Promise<void> {
  await transact(ctx, async (tx) => {
    if (await endJob(tx, claim, state, error))
      await record(tx, claim.workspaceId, { type: 'job.changed', jobId: claim.id })
  })
}

/** Tried again with growing pauses; what a person has to mend (a refusal of ours) is not. */
async function letGo(services: Services, claim: Claim, kind: JobKind, run: JobRun, error: unknown): Promise<void> {
  const code = error instanceof AppError ? error.code : 'internal'
  const hopeless = error instanceof AppError && error.code !== 'unavailable'
  services.log.error({ err: error, jobId: claim.id, kind: kind.kind }, 'a step of a job failed')
  try {
    const row = await transact(run.ctx, (tx) => findJob(tx, claim.workspaceId, claim.id))
    const attempts = row?.attempts ?? MAX_ATTEMPTS
    if (hopeless || attempts >= MAX_ATTEMPTS) {
      await kind.abandon?.(run)
      await end(run.ctx, claim, 'failed', code)
      return
    }
    const pauseMs = Math.min(60_000, 250 * 2 ** attempts)
    await transact(run.ctx, (tx) => releaseJob(tx, claim, { pauseMs, error: code, forgive: false }))
  } catch (failed) {
    services.log.warn({ err: failed, jobId: claim.id }, 'a job could not be given back; its lease will run out')
  }
}
