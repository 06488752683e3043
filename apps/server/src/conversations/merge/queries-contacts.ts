/** SQL of what follows a contact: its conversations, and whether they are blocked as it is. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

export async function findIdsOfContact(tx: Tx, workspaceId: string, contactId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('conversation')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('contactId', '=', contactId)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

export interface Misblocked {
  contactId: string
  channelId: string
  blocked: boolean
}

/** Where conversations are blocked and their contact is not, or the other way round. */
export async function findMisblocked(tx: Tx, workspaceId: string, contactIds: string[]): Promise<Misblocked[]> {
  const { rows } = await sql<Misblocked>`
    select distinct c.contact_id, c.channel_id, b.contact_id is not null as blocked
      from conversation c
      left join block b on b.workspace_id = c.workspace_id and b.contact_id = c.contact_id and b.channel_id = c.channel_id
       and (b.expires_at is null or b.expires_at > now())
     where c.workspace_id = ${workspaceId} and c.contact_id = any (${contactIds}::uuid[]) and c.blocked <> (b.contact_id is not null)`.execute(
    tx,
  )
  return rows
}
