/** SQL of calls and their legs: rows and locks. Functions take a transaction, return rows, and decide nothing. */
import type { CallStroke } from '@earshot/contracts'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

/** Who gets the floor back. `queue`: nobody is there any more who could. */
export type ReturnTo =
  | { by: 'ai' }
  | { by: 'queue' }
  | { by: 'supervisor'; memberId: string; leg: string; lease: string }
  | { by: 'human'; memberId: string; leg: string }

export interface Transfer {
  to: string
  label: string | null
  by: { id: string; name: string } | null
  leg: string
  lineId: string | null
  since: string
  until: string
  state: 'ringing' | 'bridged' | 'busy' | 'no_answer' | 'rejected' | 'failed' | 'cancelled'
}

export type CallRow = Omit<Selectable<Tables['call']>, 'returnTo' | 'transfer' | 'contour' | 'media'> & {
  returnTo: ReturnTo | null
  transfer: Transfer | null
  contour: CallStroke[]
  media: Record<string, unknown>
}
export type LegRow = Selectable<Tables['callLeg']>
export type CallUpdate = Partial<Omit<CallRow, 'workspaceId' | 'id' | 'version'>>

export async function findCall(tx: Tx, workspaceId: string, id: string): Promise<CallRow | undefined> {
  return (await calls(tx, workspaceId).where('id', '=', id).executeTakeFirst()) as CallRow | undefined
}

/** The running one, else the last. */
export async function findCallOf(tx: Tx, workspaceId: string, conversationId: string): Promise<CallRow | undefined> {
  return (await calls(tx, workspaceId)
    .where('conversationId', '=', conversationId)
    .orderBy(sql`state = 'ended'`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()) as CallRow | undefined
}

export async function findCalls(tx: Tx, workspaceId: string, ids: string[]): Promise<CallRow[]> {
  return (await calls(tx, workspaceId).where('id', 'in', ids).execute()) as CallRow[]
}

export async function findRunningCalls(tx: Tx, workspaceId: string): Promise<CallRow[]> {
  return (await calls(tx, workspaceId)
    .where('state', '<>', 'ended')
    .orderBy('startedAt')
    .orderBy('id')
    .execute()) as CallRow[]
}

export async function findRunningOf(tx: Tx, workspaceId: string, conversationIds: string[]): Promise<CallRow[]> {
  return (await calls(tx, workspaceId)
    .where('state', '<>', 'ended')
    .where('conversationId', 'in', conversationIds)
    .execute()) as CallRow[]
}

export async function findByKey(
  tx: Tx,
  workspaceId: string,
  way: CallRow['way'],
  key: string,
): Promise<CallRow | undefined> {
  return (await calls(tx, workspaceId).where('way', '=', way).where('key', '=', key).executeTakeFirst()) as
    | CallRow
    | undefined
}

const calls = (tx: Tx, workspaceId: string) => tx.selectFrom('call').selectAll().where('workspaceId', '=', workspaceId)

/** Locked until the transaction ends. Whoever also needs the conversation locks that one first. */
export async function lockCall(tx: Tx, workspaceId: string, id: string): Promise<CallRow | undefined> {
  return (await calls(tx, workspaceId).where('id', '=', id).forUpdate().executeTakeFirst()) as CallRow | undefined
}

export type NewCall = Omit<Insertable<Tables['call']>, 'media'> & { media?: Record<string, unknown> }

/** Two who start the same call at once: the second waits, and finds it. */
export async function lockKey(tx: Tx, way: string, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${way} ${key}`}, 62))`.execute(tx)
}

export async function insertCall(tx: Tx, { media, ...given }: NewCall): Promise<CallRow> {
  return (await tx
    .insertInto('call')
    .values({ ...given, ...(media && { media: JSON.stringify(media) }) })
    .returningAll()
    .executeTakeFirstOrThrow()) as CallRow
}

const JSON_COLUMNS = ['returnTo', 'transfer', 'contour', 'media'] as const

const asColumns = (change: CallUpdate): Updateable<Tables['call']> => ({
  ...(change as Updateable<Tables['call']>),
  ...Object.fromEntries(
    JSON_COLUMNS.filter((column) => column in change).map((column) => {
      const value = change[column]
      return [column, value === null || value === undefined ? null : JSON.stringify(value)]
    }),
  ),
})

/** A change that commands must know of: it raises the version. */
export async function advanceCall(tx: Tx, workspaceId: string, id: string, change: CallUpdate): Promise<void> {
  await tx
    .updateTable('call')
    .set({ ...asColumns(change), version: sql<number>`version + 1` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

/** What no command is decided on: a beat, strokes, the state of the recording. */
export async function noteCall(tx: Tx, workspaceId: string, id: string, change: CallUpdate): Promise<void> {
  await tx
    .updateTable('call')
    .set(asColumns(change))
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

/** The hub knows these. */
export async function beatCalls(tx: Tx, workspaceId: string, ids: string[]): Promise<void> {
  await sql`update call set beat_at = clock_timestamp() where workspace_id = ${workspaceId} and id = any (${ids}::uuid[]) and state <> 'ended'`.execute(
    tx,
  )
}

/** Running calls that no hub has known for so long. */
export async function findSilentCalls(tx: Tx, workspaceId: string, seconds: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from call where workspace_id = ${workspaceId} and state <> 'ended'
       and beat_at < clock_timestamp() - ${seconds} * interval '1 second'`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Of all workspaces: what runs, and what has something left to be asked of the hub. */
export async function findCallsAtWork(db: Db): Promise<{ workspaceId: string; id: string }[]> {
  const { rows } = await sql<{
    workspaceId: string
    id: string
  }>`select workspace_id, id from find_calls_at_work()`.execute(db)
  return rows
}

/** The hub names calls, not workspaces. */
export async function findCallWorkspace(db: Db, id: string): Promise<string | null> {
  const { rows } = await sql<{
    workspaceId: string | null
  }>`select find_call_workspace(${id}::uuid) as workspace_id`.execute(db)
  return rows[0]?.workspaceId ?? null
}

export function findLegs(tx: Tx, workspaceId: string, callIds: string[]): Promise<LegRow[]> {
  return tx
    .selectFrom('callLeg')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('callId', 'in', callIds)
    .orderBy('createdAt')
    .execute()
}

export type NewLeg = Insertable<Tables['callLeg']>

export async function insertLeg(tx: Tx, leg: NewLeg): Promise<void> {
  await tx
    .insertInto('callLeg')
    .values(leg)
    .onConflict((on) => on.columns(['workspaceId', 'callId', 'id']).doNothing())
    .execute()
}

export type LegUpdate = Updateable<Tables['callLeg']>

export async function updateLeg(
  tx: Tx,
  workspaceId: string,
  callId: string,
  id: string,
  change: LegUpdate,
): Promise<void> {
  await tx
    .updateTable('callLeg')
    .set(change)
    .where('workspaceId', '=', workspaceId)
    .where('callId', '=', callId)
    .where('id', '=', id)
    .execute()
}

/** All that are still there when a call ends. */
export async function endLegs(tx: Tx, workspaceId: string, callId: string, reason: string): Promise<void> {
  await sql`update call_leg set state = 'left', reason = coalesce(reason, ${reason}), since = now()
     where workspace_id = ${workspaceId} and call_id = ${callId} and state in ('expected', 'ringing', 'live', 'lost')`.execute(
    tx,
  )
}
