/** SQL of export files: what is written, kept, withdrawn and removed. */
import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

type FileRow = Selectable<Tables['exportFile']>
export type ExportRow = Omit<FileRow, 'linkHash' | 'linkExpiresAt'> & {
  jobState: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | null
  done: number | null
  total: number | null
}

/** Days a file is kept. */
const KEPT_DAYS = 7

export async function insertExport(
  tx: Tx,
  given: Pick<FileRow, 'workspaceId' | 'id' | 'format' | 'name' | 'columns' | 'withNotes' | 'byId' | 'byName'>,
): Promise<void> {
  const expiresAt = sql<Date>`now() + make_interval(days => ${KEPT_DAYS})`
  await tx
    .insertInto('exportFile')
    .values({ ...given, expiresAt })
    .execute()
}

export async function setJob(tx: Tx, workspaceId: string, id: string, jobId: string): Promise<void> {
  await updateExport(tx, workspaceId, id, { jobId })
}

const selectExports = (tx: Tx, workspaceId: string) =>
  tx
    .selectFrom('exportFile as x')
    .leftJoin('job as j', (on) => on.onRef('j.workspaceId', '=', 'x.workspaceId').onRef('j.id', '=', 'x.jobId'))
    .selectAll('x')
    .select(['j.state as jobState', 'j.done', 'j.total'])
    .where('x.workspaceId', '=', workspaceId)

export async function findExport(tx: Tx, workspaceId: string, id: string): Promise<ExportRow | undefined> {
  return (await selectExports(tx, workspaceId).where('x.id', '=', id).executeTakeFirst()) as ExportRow | undefined
}

export async function findExports(
  tx: Tx,
  workspaceId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<ExportRow[]> {
  const query = selectExports(tx, workspaceId).$if(cursor !== undefined, (q) => q.where('x.id', '<', cursor!))
  return (await query.orderBy('x.id', 'desc').limit(limit).execute()) as ExportRow[]
}

export async function updateExport(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Partial<Pick<FileRow, 'jobId' | 'state' | 'storageKey' | 'rows' | 'size' | 'linkHash'>> & { isReady?: true },
): Promise<void> {
  const { isReady, ...rest } = change
  await tx
    .updateTable('exportFile')
    .set({ ...rest, ...(isReady && { readyAt: sql<Date>`now()` }) })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

/** One at a time in a workspace: an export becoming ready, and a deletion looking for exports that hold its conversation. */
export async function lockExports(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${workspaceId}, 24))`.execute(tx)
}

/** Whose bytes are still there. */
export function findKept(
  tx: Tx,
  workspaceId: string,
  state: 'ready' | 'withdrawn',
): Promise<{ id: string; storageKey: string }[]> {
  return tx
    .selectFrom('exportFile')
    .select(['id', 'storageKey'])
    .$narrowType<{ storageKey: string }>()
    .where('workspaceId', '=', workspaceId)
    .where('state', '=', state)
    .where('storageKey', 'is not', null)
    .execute()
}

/** What was deleted while an export was being written. */
export async function findDeletedSince(tx: Tx, workspaceId: string, since: Date): Promise<string[]> {
  const rows = await tx
    .selectFrom('tombstone')
    .select('conversationId')
    .where('workspaceId', '=', workspaceId)
    .where('deletedAt', '>=', since)
    .execute()
  return rows.map((row) => row.conversationId)
}

export async function readClock(tx: Tx): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select date_trunc('milliseconds', clock_timestamp()) as now`.execute(tx)
  return rows[0]!.now
}

export async function setLink(tx: Tx, workspaceId: string, id: string, hash: Buffer): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`
    update export_file set link_hash = ${hash}, link_expires_at = now() + interval '1 hour'
     where workspace_id = ${workspaceId} and id = ${id} returning link_expires_at as at`.execute(tx)
  return rows[0]!.at
}

/** Who takes the link uses it up. */
export async function takeLink(db: Db, hash: Buffer): Promise<{ workspaceId: string; id: string } | undefined> {
  const { rows } = await sql<{ workspaceId: string; id: string }>`
    select workspace_id, id from take_export_link(${hash})`.execute(db)
  return rows[0]
}

export async function findDue(db: Db, limit: number): Promise<{ workspaceId: string; id: string }[]> {
  const { rows } = await sql<{ workspaceId: string; id: string }>`
    select workspace_id, id from find_due_exports(${limit})`.execute(db)
  return rows
}
