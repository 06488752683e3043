/** SQL of offers: one open offer a conversation, and the past ones, which say whom not to ask again. */
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'
import { DECLINED_FOR } from './limits.ts'

export type OfferRow = Selectable<Tables['queueOffer']>

export function findOpenOffer(tx: Tx, workspaceId: string, conversationId: string): Promise<OfferRow | undefined> {
  return tx
    .selectFrom('queueOffer')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
}

export async function insertOffer(
  tx: Tx,
  workspaceId: string,
  offer: { conversationId: string; memberId: string; at: Date; until: Date },
): Promise<string> {
  const { id } = await tx
    .insertInto('queueOffer')
    .values({ ...offer, workspaceId })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Ends it, unless it has ended; false then. */
export async function endOffer(
  tx: Tx,
  workspaceId: string,
  id: string,
  result: 'declined' | 'missed' | 'withdrawn',
  at: Date,
): Promise<boolean> {
  const row = await tx
    .updateTable('queueOffer')
    .set({ endedAt: at, result })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Offers that ran out, and offers to people who take none any more. */
export async function findEndingOffers(
  tx: Tx,
  workspaceId: string,
  now: Date,
): Promise<{ id: string; conversationId: string; memberId: string; missed: boolean }[]> {
  const { rows } = await sql<{ id: string; conversationId: string; memberId: string; missed: boolean }>`
    select o.id, o.conversation_id, o.member_id, o.until <= ${now} as missed
      from queue_offer o
      join member m on m.workspace_id = o.workspace_id and m.id = o.member_id
      left join queue_operator p on p.workspace_id = o.workspace_id and p.member_id = o.member_id
     where o.workspace_id = ${workspaceId} and o.ended_at is null
       and (o.until <= ${now} or p.state is distinct from 'available' or m.removed_at is not null or m.role = 'viewer')
     order by o.until`.execute(tx)
  return rows
}

export interface Refusal {
  conversationId: string
  memberId: string
  result: 'declined' | 'missed'
}

/** Who declined a waiting conversation lately, or let its offer run out since they wait. */
export async function findRefusals(
  tx: Tx,
  workspaceId: string,
  conversationIds: readonly string[],
  now: Date,
): Promise<Refusal[]> {
  const { rows } = await sql<Refusal>`
    select distinct o.conversation_id, o.member_id, o.result
      from queue_offer o
     where o.workspace_id = ${workspaceId} and o.conversation_id = any (${[...conversationIds]}::uuid[])
       and o.result in ('declined', 'missed') and o.ended_at > ${now}::timestamptz - ${DECLINED_FOR}::interval`.execute(
    tx,
  )
  return rows
}
