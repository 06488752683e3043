/** SQL of the conversation a turn is in: what it is, what was told in it, what its agent has spent today. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'

export interface TurnConversation {
  status: string
  control: string
  blocked: boolean
  epoch: number
  agentId: string | null
  agentVersion: number | null
  flowId: string | null
  channelKind: string
  workspaceName: string
  memory: unknown
  agentMessages: number
  tokensIn: number
  tokensOut: number
  costUsd: number
  /** How long the contact has waited, by the database's clock; null: nobody waits. */
  waitedMs: number | null
}

export function findTurnConversation(tx: Tx, workspaceId: string, id: string): Promise<TurnConversation | undefined> {
  return tx
    .selectFrom('conversation')
    .innerJoin('workspace', 'workspace.workspaceId', 'conversation.workspaceId')
    .select([
      'status',
      'control',
      'blocked',
      'epoch',
      'agentId',
      'agentVersion',
      'flowId',
      'channelKind',
      'memory',
      'agentMessages',
      'tokensIn',
      'tokensOut',
      'costUsd',
      'workspace.name as workspaceName',
      sql<number | null>`extract(epoch from clock_timestamp() - first_unanswered_at)::float8 * 1000`.as('waitedMs'),
    ])
    .where('conversation.workspaceId', '=', workspaceId)
    .where('conversation.id', '=', id)
    .executeTakeFirst()
}

/** Which version answers here: written when it is another one than before, so not with every turn. */
export async function markVersion(tx: Tx, workspaceId: string, id: string, version: number): Promise<void> {
  await tx
    .updateTable('conversation')
    .set({ agentVersion: version })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

/** Situations that were told in a conversation, each with the key of its line. */
export async function findTold(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
): Promise<{ situationId: string; key: string }[]> {
  const { rows } = await sql<{ situationId: string; key: string }>`
    select data ->> 'situationId' as "situationId", client_key as key from entry
     where workspace_id = ${workspaceId} and conversation_id = ${conversationId}
       and kind = 'activity' and data ->> 'type' = 'situation_noticed' and client_key is not null`.execute(tx)
  return rows
}

/** Of today, by UTC. */
export async function findSpend(
  tx: Tx,
  workspaceId: string,
  agentId: string,
): Promise<{ tokens: number; costUsd: number }> {
  const row = await tx
    .selectFrom('agentSpend')
    .select(['tokens', 'costUsd'])
    .where('workspaceId', '=', workspaceId)
    .where('agentId', '=', agentId)
    .where('day', '=', sql<Date>`(now() at time zone 'utc')::date`)
    .executeTakeFirst()
  return row ?? { tokens: 0, costUsd: 0 }
}

export async function addSpend(
  tx: Tx,
  workspaceId: string,
  agentId: string,
  used: { tokens: number; costUsd: number },
): Promise<void> {
  await sql`
    insert into agent_spend as s (workspace_id, agent_id, day, tokens, cost_usd)
    values (${workspaceId}, ${agentId}, (now() at time zone 'utc')::date, ${used.tokens}, ${used.costUsd})
    on conflict (workspace_id, agent_id, day) do update set tokens = s.tokens + excluded.tokens, cost_usd = s.cost_usd + excluded.cost_usd`.execute(
    tx,
  )
}
