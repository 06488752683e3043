/** SQL of exports: conversations in the order they began to be numbered, with everything that is said in them. */

import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

type Row = Selectable<Tables['conversation']>

export type ExportedConversation = Pick<
  Row,
  | 'id'
  | 'number'
  | 'externalId'
  | 'sessionId'
  | 'title'
  | 'channelKind'
  | 'status'
  | 'outcome'
  | 'stageKey'
  | 'startedAt'
  | 'endedAt'
  | 'memory'
  | 'rating'
  | 'ratingComment'
  | 'tags'
  | 'tokensIn'
  | 'tokensOut'
  | 'costUsd'
> & {
  agentName: string | null
  flowName: string | null
  contactId: string
  contactName: string | null
  contactEmail: string | null
  contactPhone: string | null
  contactAttributes: unknown
  contactExternalId: string | null
}

/** The next conversations after a number, at most `limit`. */
export async function findAfterNumber(
  tx: Tx,
  workspaceId: string,
  after: number,
  limit: number,
): Promise<ExportedConversation[]> {
  const { rows } = await sql<ExportedConversation>`
    select c.id, c.number, c.external_id, c.session_id, c.title, c.channel_kind, c.status, c.outcome, c.stage_key, c.started_at, c.ended_at,
           c.memory, c.rating, c.rating_comment, c.tags, c.tokens_in, c.tokens_out, c.cost_usd,
           a.name as agent_name, f.name as flow_name, ct.id as contact_id, ct.name as contact_name, ct.email as contact_email,
           ct.phone as contact_phone, ct.attributes as contact_attributes,
           (select p.value from contact_point p where p.workspace_id = c.workspace_id and p.contact_id = ct.id and p.kind = 'external_id'
             order by p.created_at limit 1) as contact_external_id
      from conversation c
      join contact ct on ct.workspace_id = c.workspace_id and ct.id = c.contact_id
      left join agent a on a.workspace_id = c.workspace_id and a.id = c.agent_id
      left join flow f on f.workspace_id = c.workspace_id and f.id = c.flow_id
     where c.workspace_id = ${workspaceId} and c.number > ${after}
     order by c.number limit ${limit}`.execute(tx)
  return rows
}

export type ExportedEntry = Pick<
  Selectable<Tables['entry']>,
  'conversationId' | 'position' | 'kind' | 'authorKind' | 'authorName' | 'text' | 'clientKey' | 'at'
> & { data: unknown }

/** What was said and what functions did, in order. Notes, coaching and activities are the team's own and stay. */
export function findSaid(tx: Tx, workspaceId: string, conversationIds: string[]): Promise<ExportedEntry[]> {
  return tx
    .selectFrom('entry')
    .select(['conversationId', 'position', 'kind', 'authorKind', 'authorName', 'text', 'data', 'clientKey', 'at'])
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', 'in', conversationIds)
    .where('kind', 'in', ['message', 'function_call'])
    .orderBy('conversationId')
    .orderBy('position')
    .execute()
}
