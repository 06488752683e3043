/** SQL of what is to be asked of the engine: written with the change it belongs to, claimed one after the other for each call. */
import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'
import type { Step } from './machine/index.ts'

export type CommandRow = Omit<Selectable<Tables['callCommand']>, 'steps' | 'reply'> & {
  steps: Step[]
  reply: StoredTicket | null
}
export interface StoredTicket {
  leg: string
  mediaUrl: string
  expiresAt: number
  role: 'listener' | 'supervisor' | 'human'
}

export interface NewCommand {
  workspaceId: string
  callId: string
  opId: string
  action: string
  requestHash: string
  actorKind: string
  actorId: string | null
  actorName: string | null
  steps: Step[]
}

export async function insertCommand(tx: Tx, { steps, ...given }: NewCommand): Promise<void> {
  await tx
    .insertInto('callCommand')
    .values({
      ...given,
      steps: JSON.stringify(steps),
      ...(steps.length === 0 && { state: 'done', settledAt: sql<Date>`clock_timestamp()` }),
    })
    .execute()
}

export async function findCommand(tx: Tx, workspaceId: string, opId: string): Promise<CommandRow | undefined> {
  return (await tx
    .selectFrom('callCommand')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('opId', '=', opId)
    .executeTakeFirst()) as CommandRow | undefined
}

/** The oldest that is pending, if nobody is at it: commands of one call are asked in their order. */
export async function claimCommand(
  tx: Tx,
  workspaceId: string,
  callId: string,
  leaseSeconds: number,
): Promise<CommandRow | undefined> {
  const { rows } = await sql<CommandRow>`
    update call_command k set attempts = k.attempts + 1, due_at = clock_timestamp() + ${leaseSeconds} * interval '1 second'
      from (select o.op_id, o.due_at from call_command o
             where o.workspace_id = ${workspaceId} and o.call_id = ${callId} and o.state = 'pending'
             order by o.at limit 1 for update skip locked) first
     where k.workspace_id = ${workspaceId} and k.op_id = first.op_id and first.due_at <= clock_timestamp()
    returning k.*`.execute(tx)
  return rows[0]
}

export async function noteStep(
  tx: Tx,
  workspaceId: string,
  opId: string,
  done: number,
  reply: StoredTicket | null,
): Promise<void> {
  await tx
    .updateTable('callCommand')
    .set({ done, ...(reply && { reply: JSON.stringify(reply) }) })
    .where('workspaceId', '=', workspaceId)
    .where('opId', '=', opId)
    .execute()
}

/** True for the one who settles it. */
export async function settle(
  tx: Tx,
  workspaceId: string,
  opId: string,
  state: 'done' | 'refused',
  error: string | null,
): Promise<boolean> {
  const row = await tx
    .updateTable('callCommand')
    .set({ state, error, settledAt: sql<Date>`clock_timestamp()` })
    .where('workspaceId', '=', workspaceId)
    .where('opId', '=', opId)
    .where('state', '=', 'pending')
    .returning('opId')
    .executeTakeFirst()
  return row !== undefined
}

export async function putOff(tx: Tx, workspaceId: string, opId: string, seconds: number, error: string): Promise<void> {
  await sql`update call_command set due_at = clock_timestamp() + ${seconds} * interval '1 second', error = ${error}
     where workspace_id = ${workspaceId} and op_id = ${opId} and state = 'pending'`.execute(tx)
}

/** Of all workspaces, the longest due first. */
export async function findDueCommands(db: Db, limit: number): Promise<{ workspaceId: string; opId: string }[]> {
  const { rows } = await sql<{ workspaceId: string; opId: string }>`
    select workspace_id, op_id from find_due_call_commands(${limit})`.execute(db)
  return rows
}

export async function hasPending(tx: Tx, workspaceId: string, callId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('callCommand')
    .select('opId')
    .where('workspaceId', '=', workspaceId)
    .where('callId', '=', callId)
    .where('state', '=', 'pending')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
