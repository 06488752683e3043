/** SQL of agents that live elsewhere: their secrets, and the answers that are still to come. */
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.gen.ts'

export type SigningRow = Selectable<Tables['agentSigning']>
export type CallRow = Selectable<Tables['agentCall']>

export function findSigning(tx: Tx, workspaceId: string, agentId: string): Promise<SigningRow | undefined> {
  return tx
    .selectFrom('agentSigning')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('agentId', '=', agentId)
    .executeTakeFirst()
}

/** The one there was signs on for a day. */
export async function putSigning(tx: Tx, workspaceId: string, agentId: string, sealed: string): Promise<SigningRow> {
  const { rows } = await sql<SigningRow>`
    insert into agent_signing as s (workspace_id, agent_id, secret_sealed) values (${workspaceId}, ${agentId}, ${sealed})
    on conflict (workspace_id, agent_id) do update set secret_sealed = excluded.secret_sealed, previous_sealed = s.secret_sealed,
      previous_until = now() + interval '1 day', created_at = now()
    returning *`.execute(tx)
  return rows[0]!
}

export interface NewCall {
  workspaceId: string
  conversationId: string
  agentId: string
  epoch: number
  through: number
  turnId: string
  tokenHash: Buffer
  holdsMs: number
}

/** Calls of turns before this one can no longer be answered; those of more than a day ago are forgotten. */
export async function insertCall(tx: Tx, call: NewCall): Promise<string> {
  await sql`delete from agent_call where workspace_id = ${call.workspaceId} and conversation_id = ${call.conversationId} and expires_at < now() - interval '1 day'`.execute(
    tx,
  )
  await sql`update agent_call set state = 'over' where workspace_id = ${call.workspaceId} and conversation_id = ${call.conversationId} and state = 'open'`.execute(
    tx,
  )
  const { rows } = await sql<{ id: string }>`
    insert into agent_call (workspace_id, conversation_id, agent_id, epoch, through_position, turn_id, token_hash, expires_at)
    values (${call.workspaceId}, ${call.conversationId}, ${call.agentId}, ${call.epoch}, ${call.through}, ${call.turnId}, ${call.tokenHash},
      clock_timestamp() + ${call.holdsMs} * interval '1 millisecond') returning id`.execute(tx)
  return rows[0]!.id
}

export function findCall(tx: Tx, workspaceId: string, id: string): Promise<CallRow | undefined> {
  return tx
    .selectFrom('agentCall')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function lockCall(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<(CallRow & { expired: boolean }) | undefined> {
  const { rows } = await sql<CallRow & { expired: boolean }>`
    select *, expires_at < clock_timestamp() as expired from agent_call where workspace_id = ${workspaceId} and id = ${id} for update`.execute(
    tx,
  )
  return rows[0]
}

export async function setCallState(tx: Tx, workspaceId: string, id: string, state: CallRow['state']): Promise<void> {
  await tx.updateTable('agentCall').set({ state }).where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

export async function moveDeadline(tx: Tx, workspaceId: string, id: string, holdsMs: number): Promise<void> {
  await sql`update agent_call set expires_at = clock_timestamp() + ${holdsMs} * interval '1 millisecond' where workspace_id = ${workspaceId} and id = ${id} and state = 'open'`.execute(
    tx,
  )
}

/** Closes an open call, unless its answer was first; says which. */
export async function endCall(tx: Tx, workspaceId: string, id: string): Promise<'over' | 'answered'> {
  const { rows } = await sql<{ state: string }>`
    update agent_call set state = case state when 'open' then 'over' else state end
     where workspace_id = ${workspaceId} and id = ${id} returning state`.execute(tx)
  return rows[0]?.state === 'answered' ? 'answered' : 'over'
}

export async function readCallState(tx: Tx, workspaceId: string, id: string): Promise<CallRow['state'] | undefined> {
  const row = await tx
    .selectFrom('agentCall')
    .select('state')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.state
}
