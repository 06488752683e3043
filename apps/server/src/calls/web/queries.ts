/** SQL of visitors' calls: which conversations are a visitor's, and the call that is to be shown of them. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

/** Those that are open on this channel. */
export async function findTalkIds(
  tx: Tx,
  workspaceId: string,
  contactId: string,
  channelId: string,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('conversation')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('contactId', '=', contactId)
    .where('channelId', '=', channelId)
    .where('status', '=', 'active')
    .execute()
  return rows.map(({ id }) => id)
}

/** The running one, else the one that ended a moment ago. */
export async function findShownCall(
  tx: Tx,
  workspaceId: string,
  contactId: string,
  channelId: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select c.id from call c
      join conversation v on v.workspace_id = c.workspace_id and v.id = c.conversation_id
     where c.workspace_id = ${workspaceId} and v.contact_id = ${contactId} and v.channel_id = ${channelId} and c.way = 'web'
       and (c.ended_at is null or c.ended_at > now() - interval '5 minutes')
     order by c.ended_at is not null, c.id desc limit 1`.execute(tx)
  return rows[0]?.id
}
