/** SQL of changes that can be undone. */
import type { JsonValue } from '@earshot/contracts'
import { type Selectable, sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import type { Db, Tx } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.gen.ts'

type Values = Record<string, JsonValue>
export type ChangeRow = Omit<Selectable<Tables['conversationChange']>, 'before' | 'after'> & {
  before: Values
  after: Values
}

export interface NewChange {
  conversationId: string
  jobId: string | null
  kind: string
  before: Values
  after: Values
}

export async function insertChange(tx: Tx, ctx: Context, change: NewChange): Promise<string> {
  const { id } = await tx
    .insertInto('conversationChange')
    .values({
      ...change,
      workspaceId: ctx.workspaceId,
      before: JSON.stringify(change.before),
      after: JSON.stringify(change.after),
      byKind: ctx.actor.kind,
      byId: ctx.actor.id,
    })
    // Met again by the same job: its undo goes back to what stood there first.
    .onConflict((conflict) =>
      conflict
        .columns(['workspaceId', 'jobId', 'conversationId'])
        .where('jobId', 'is not', null)
        .doUpdateSet({ after: JSON.stringify(change.after) }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Those of one step of a job, in one statement. */
export async function insertChanges(tx: Tx, ctx: Context, changes: NewChange[]): Promise<void> {
  if (changes.length === 0) return
  await tx
    .insertInto('conversationChange')
    .values(
      changes.map((change) => ({
        ...change,
        workspaceId: ctx.workspaceId,
        before: JSON.stringify(change.before),
        after: JSON.stringify(change.after),
        byKind: ctx.actor.kind,
        byId: ctx.actor.id,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['workspaceId', 'jobId', 'conversationId'])
        .where('jobId', 'is not', null)
        .doUpdateSet((eb) => ({ after: eb.ref('excluded.after') })),
    )
    .execute()
}

export async function findChange(tx: Tx, workspaceId: string, id: string): Promise<ChangeRow | undefined> {
  const row = await tx
    .selectFrom('conversationChange')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row as ChangeRow | undefined
}

/** Those of a job that are not undone yet, in the order they were made. */
export async function findChangesOfJob(
  tx: Tx,
  workspaceId: string,
  page: { jobId: string; after: string | null; limit: number },
): Promise<ChangeRow[]> {
  let query = tx
    .selectFrom('conversationChange')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('jobId', '=', page.jobId)
    .where('undoneAt', 'is', null)
  if (page.after) query = query.where('conversationId', '>', page.after)
  return (await query.orderBy('conversationId').limit(page.limit).execute()) as ChangeRow[]
}

export async function markUndone(tx: Tx, workspaceId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('conversationChange')
    .set({ undoneAt: sql<Date>`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', 'in', ids)
    .execute()
}

export async function pruneChangeRows(db: Db, older: string): Promise<void> {
  await sql`select prune_changes(${older}::interval)`.execute(db)
}

/** Database time: what the sweep compares with. */
export async function readClock(tx: Tx): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(tx)
  return rows[0]!.now
}

export interface DueWake {
  workspaceId: string
  conversationId: string
  reason: 'time' | 'reply'
}

/** Across workspaces; the caller wakes each inside its own. */
export async function findDueWakes(db: Db, limit: number): Promise<DueWake[]> {
  const { rows } = await sql<DueWake>`
    select workspace_id, conversation_id, reason from find_due_wakes(${limit})`.execute(db)
  return rows
}

/** The position of the contact's last message; 0 without one. */
export async function findLastContactPosition(tx: Tx, workspaceId: string, id: string): Promise<number> {
  const row = await tx
    .selectFrom('entry')
    .select('position')
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', id)
    .where('kind', '=', 'message')
    .where('authorKind', '=', 'contact')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.position ?? 0
}
