/** SQL of jobs. What is written while one runs names the lease, so that a node that lost it changes nothing. */
import type { JobState } from '@earshot/contracts'
import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'
import type { JobData, StepProgress } from './kinds.ts'

export type JobRow = Omit<Selectable<Tables['job']>, 'params' | 'about' | 'progress' | 'result'> & {
  params: JobData
  about: JobData
  progress: JobData
  result: JobData
}

export interface NewJob {
  kind: string
  params: JobData
  about: JobData
  total: number | null
  createdBy: { kind: string; id: string | null; name: string | null; role: string; scopes: readonly string[] }
  undoes: string | null
}

export async function insertJob(tx: Tx, workspaceId: string, job: NewJob): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into job (workspace_id, kind, params, about, total, created_by, undoes) values (${workspaceId}, ${job.kind}, ${JSON.stringify(job.params)}::jsonb,
      ${JSON.stringify(job.about)}::jsonb, ${job.total}, ${JSON.stringify(job.createdBy)}::jsonb, ${job.undoes}) returning id`.execute(
    tx,
  )
  return rows[0]!.id
}

export async function findJob(tx: Tx, workspaceId: string, id: string, lock = false): Promise<JobRow | undefined> {
  const query = tx.selectFrom('job').selectAll().where('workspaceId', '=', workspaceId).where('id', '=', id)
  return (await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst()) as JobRow | undefined
}

export async function findJobsById(tx: Tx, workspaceId: string, ids: string[]): Promise<JobRow[]> {
  const query = tx.selectFrom('job').selectAll().where('workspaceId', '=', workspaceId).where('id', 'in', ids)
  return (await query.execute()) as JobRow[]
}

export interface JobPage {
  state?: JobState | undefined
  kind?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** Newest first; ids grow with time. */
export async function findJobs(tx: Tx, workspaceId: string, page: JobPage): Promise<JobRow[]> {
  let query = tx.selectFrom('job').selectAll().where('workspaceId', '=', workspaceId)
  if (page.state) query = query.where('state', '=', page.state)
  if (page.kind) query = query.where('kind', '=', page.kind)
  if (page.cursor) query = query.where('id', '<', page.cursor)
  return (await query.orderBy('id', 'desc').limit(page.limit).execute()) as JobRow[]
}

/** A queued one is over at once; a running one is told, by its node's next look. False when it has ended already. */
export async function askCancel(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    update job set cancel_asked = true, state = case when state = 'queued' then 'cancelled' else state end,
        finished_at = case when state = 'queued' then now() else finished_at end, due_at = least(due_at, now())
     where workspace_id = ${workspaceId} and id = ${id} and state in ('queued', 'running') returning 1`.execute(tx)
  return rows.length > 0
}

export async function setUndoneBy(tx: Tx, workspaceId: string, id: string, undoneBy: string): Promise<void> {
  await tx.updateTable('job').set({ undoneBy }).where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

export interface Claim {
  workspaceId: string
  id: string
  lease: string
}

export async function claimJobs(db: Db, kinds: string[], limit: number, leaseMs: number): Promise<Claim[]> {
  const { rows } = await sql<Claim>`
    select * from claim_jobs(${kinds}::text[], ${limit}, ${leaseMs} * interval '1 millisecond')`.execute(db)
  return rows
}

/** Before each step: keeps the lease, and tells whether to go on. Undefined when it is no longer ours. */
export async function renewJob(tx: Tx, claim: Claim, leaseMs: number): Promise<{ cancelAsked: boolean } | undefined> {
  const { rows } = await sql<{ cancelAsked: boolean }>`
    update job set lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
     where workspace_id = ${claim.workspaceId} and id = ${claim.id} and lease = ${claim.lease} and state = 'running'
     returning cancel_asked`.execute(tx)
  return rows[0]
}

/** A step that got on forgives earlier failures. Undefined when the job is no longer ours. */
export async function saveStep(tx: Tx, claim: Claim, step: StepProgress): Promise<JobRow | undefined> {
  const { rows } = await sql<JobRow>`
    update job set done = done + ${step.done ?? 0}, total = coalesce(${step.total ?? null}::int, total), attempts = 1, error = null,
        progress = coalesce(${step.progress ? JSON.stringify(step.progress) : null}::jsonb, progress),
        result = coalesce(${step.result ? JSON.stringify(step.result) : null}::jsonb, result)
     where workspace_id = ${claim.workspaceId} and id = ${claim.id} and lease = ${claim.lease} and state = 'running'
     returning *`.execute(tx)
  return rows[0]
}

export async function endJob(
  tx: Tx,
  claim: Claim,
  state: 'done' | 'failed' | 'cancelled',
  error: string | null,
): Promise<boolean> {
  const { rows } = await sql`
    update job set state = ${state}, error = ${error}, finished_at = now(), lease = null, lease_until = null
     where workspace_id = ${claim.workspaceId} and id = ${claim.id} and lease = ${claim.lease} returning 1`.execute(tx)
  return rows.length > 0
}

/** Gives it back, for another try after a pause. */
export async function releaseJob(
  tx: Tx,
  claim: Claim,
  given: { pauseMs: number; error: string | null; forgive: boolean },
): Promise<void> {
  await sql`
    update job set lease = null, lease_until = null, error = ${given.error}, attempts = greatest(0, attempts - ${given.forgive ? 1 : 0}),
        due_at = clock_timestamp() + ${given.pauseMs} * interval '1 millisecond'
     where workspace_id = ${claim.workspaceId} and id = ${claim.id} and lease = ${claim.lease}`.execute(tx)
}

export async function pruneJobRows(db: Db, older: string): Promise<void> {
  await sql`select prune_jobs(${older}::interval)`.execute(db)
}
