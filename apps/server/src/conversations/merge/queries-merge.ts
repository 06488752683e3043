/** SQL of merging and splitting: the logs, what hangs on them, and what remembers both. */
import type { JsonValue } from '@earshot/contracts'
import { type Selectable, sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import type { Db, Tx } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.gen.ts'

export type MergeRow = Omit<Selectable<Tables['conversationMerge']>, 'keys'> & { keys: Record<string, string> }

/** Against everybody, deletion and appends alike; always in the same order, so that two merges never wait for each other. */
export async function lockBoth(tx: Tx, workspaceId: string, ids: string[]): Promise<void> {
  await sql`select id from conversation where workspace_id = ${workspaceId} and id = any (${ids}::uuid[]) order by id for update`.execute(
    tx,
  )
}

export async function readRow(tx: Tx, workspaceId: string, id: string): Promise<Record<string, JsonValue>> {
  const { rows } = await sql<{ row: Record<string, JsonValue> }>`
    select to_jsonb(c) as row from conversation c where c.workspace_id = ${workspaceId} and c.id = ${id}`.execute(tx)
  return rows[0]!.row
}

export interface NewMerge {
  kind: 'merge' | 'split'
  conversationId: string
  otherId: string
  otherNumber: number
  before: Record<string, JsonValue>
}

export async function insertMerge(tx: Tx, ctx: Context, { before, ...given }: NewMerge): Promise<string> {
  const { kind: byKind, id: byId, name: byName } = ctx.actor
  const row = await tx
    .insertInto('conversationMerge')
    .values({ workspaceId: ctx.workspaceId, ...given, before: JSON.stringify(before), byKind, byId, byName })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export interface Woven {
  placed: number[]
  keys: Record<string, string>
}

/** Moves the entries of one log into another, by time; the first `head` of the receiving one stay in front. */
export async function weave(
  tx: Tx,
  workspaceId: string,
  { into, from, head = 0, rename }: { into: string; from: string; head?: number; rename: boolean },
): Promise<Woven> {
  const { rows } = await sql<Woven>`
    select placed, keys from weave_entries(${workspaceId}, ${into}, ${from}, ${head}, ${rename})`.execute(tx)
  return rows[0]!
}

export async function unweave(tx: Tx, workspaceId: string, { conversationId, otherId, placed, keys }: MergeRow) {
  await sql`select unweave_entries(${workspaceId}, ${conversationId}, ${otherId}, ${placed}::int[], ${JSON.stringify(keys)}::jsonb)`.execute(
    tx,
  )
}

/** The entry at `position` and what came after become the log of `into`. */
export async function splitLog(
  tx: Tx,
  workspaceId: string,
  { from, into, position }: { from: string; into: string; position: number },
): Promise<void> {
  await sql`select split_entries(${workspaceId}, ${from}, ${into}, ${position})`.execute(tx)
}

/** Activities only: what a merge or split wrote about itself. */
export async function dropActivities(tx: Tx, workspaceId: string, id: string, positions: number[]): Promise<void> {
  await sql`select drop_entries(${workspaceId}, ${id}, ${positions}::int[])`.execute(tx)
}

export async function recountLog(tx: Tx, workspaceId: string, id: string, readPosition: number): Promise<void> {
  await sql`select recount_log(${workspaceId}, ${id}, ${readPosition})`.execute(tx)
  await sql`select recount_audio(${workspaceId}, ${id})`.execute(tx)
}

export async function stash(tx: Tx, workspaceId: string, mergeId: string, away: string, into: string): Promise<void> {
  await sql`select stash_conversation(${workspaceId}, ${mergeId}, ${away}, ${into})`.execute(tx)
}

export async function unstash(tx: Tx, workspaceId: string, merge: MergeRow): Promise<void> {
  await sql`select unstash_conversation(${workspaceId}, ${merge.id}, ${merge.otherId}, ${merge.conversationId})`.execute(
    tx,
  )
}

export async function restoreRow(
  tx: Tx,
  workspaceId: string,
  mergeId: string,
  now: Record<string, JsonValue>,
  judged: boolean,
): Promise<void> {
  await sql`select restore_merged_row(${workspaceId}, ${mergeId}, ${JSON.stringify(now)}::jsonb, ${judged})`.execute(tx)
}

/** What is known once it is done. */
export async function finishMerge(
  tx: Tx,
  workspaceId: string,
  id: string,
  {
    placed,
    keys,
    after,
    ...rest
  }: Woven & {
    after: Record<string, JsonValue>
    head: number
    otherSaid: number
    lastPosition: number
  },
): Promise<void> {
  await tx
    .updateTable('conversationMerge')
    .set({ ...rest, placed, keys: JSON.stringify(keys), after: JSON.stringify(after) })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

/** Those of a conversation that are not undone, newest first. Undone in that order only: each knows the positions it left behind. */
export async function findMerges(tx: Tx, workspaceId: string, conversationId: string): Promise<MergeRow[]> {
  const rows = await tx
    .selectFrom('conversationMerge')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .where('undoneAt', 'is', null)
    .where('at', '>', sql<Date>`now() - interval '30 days'`)
    .orderBy('id', 'desc')
    .execute()
  return rows as MergeRow[]
}

export async function findMerge(tx: Tx, workspaceId: string, id: string): Promise<MergeRow | undefined> {
  const row = await tx
    .selectFrom('conversationMerge')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row as MergeRow | undefined
}

/** What it remembers of words goes with it. */
export async function markMergeUndone(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await sql`delete from conversation_stash where workspace_id = ${workspaceId} and merge_id = ${id}`.execute(tx)
  await sql`update conversation_merge set undone_at = now(), before = '{}', after = '{}', keys = '{}', placed = '{}'
             where workspace_id = ${workspaceId} and id = ${id}`.execute(tx)
}

/** The first message of the contact behind what was read. */
export async function findFirstUnread(tx: Tx, workspaceId: string, id: string, read: number): Promise<number | null> {
  const row = await tx
    .selectFrom('entry')
    .select('position')
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', id)
    .where('kind', '=', 'message')
    .where('authorKind', '=', 'contact')
    .where('position', '>', read)
    .orderBy('position')
    .limit(1)
    .executeTakeFirst()
  return row?.position ?? null
}

/** How many messages stand before a position, how many from it on, and when the later part begins. */
export async function countAround(
  tx: Tx,
  workspaceId: string,
  id: string,
  position: number,
): Promise<{ before: number; from: number; startsAt: Date | null }> {
  const { rows } = await sql<{ before: number; from: number; startsAt: Date | null }>`
    select count(*) filter (where position < ${position} and kind = 'message')::int as before,
           count(*) filter (where position >= ${position} and kind = 'message')::int as "from",
           min(at) filter (where position >= ${position}) as starts_at
      from entry where workspace_id = ${workspaceId} and conversation_id = ${id}`.execute(tx)
  return rows[0]!
}

export async function pruneMergeRows(db: Db, older: string): Promise<void> {
  await sql`select prune_merges(${older}::interval)`.execute(db)
}
