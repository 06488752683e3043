/** SQL of channels: their rows, and what an inbound message must know before it is appended. */
import { type Selectable, sql, type Updateable } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export type ChannelRow = Omit<Selectable<Tables['channel']>, 'reopenWindow'> & {
  /** Intervals arrive as objects; this is what people set. */
  reopenHours: number | null
  conversationCount: number
}

const channelsOf = (tx: Tx, workspaceId: string) =>
  tx
    .selectFrom('channel as c')
    .where('c.workspaceId', '=', workspaceId)
    .select([
      'c.workspaceId',
      'c.id',
      'c.kind',
      'c.name',
      'c.key',
      'c.agentId',
      'c.burstMs',
      'c.settings',
      'c.createdAt',
      'c.archivedAt',
      sql<number | null>`(extract(epoch from c.reopen_window) / 3600)::int`.as('reopenHours'),
      sql<number>`(select count(*)::int from conversation v where v.workspace_id = c.workspace_id and v.channel_id = c.id)`.as(
        'conversationCount',
      ),
    ])

export function findChannel(tx: Tx, workspaceId: string, id: string): Promise<ChannelRow | undefined> {
  return channelsOf(tx, workspaceId).where('c.id', '=', id).executeTakeFirst()
}

/** Oldest first, those in use only. */
export function findChannels(
  tx: Tx,
  workspaceId: string,
  page: { after?: string | undefined; limit: number },
): Promise<ChannelRow[]> {
  let query = channelsOf(tx, workspaceId).where('c.archivedAt', 'is', null)
  if (page.after) query = query.where('c.id', '>', page.after)
  return query.orderBy('c.id').limit(page.limit).execute()
}

export interface NewChannel {
  kind: ChannelRow['kind']
  name: string
  key: string
  agentId: string | null
  burstMs: number
  reopenHours: number | null
  settings: unknown
}

const hours = (count: number | null): string | null => (count === null ? null : `${count} hours`)

export async function insertChannel(
  tx: Tx,
  workspaceId: string,
  { reopenHours, settings, ...rest }: NewChannel,
): Promise<string> {
  const { id } = await tx
    .insertInto('channel')
    .values({ workspaceId, ...rest, reopenWindow: hours(reopenHours), settings: JSON.stringify(settings) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export type ChannelUpdate = Omit<Updateable<Tables['channel']>, 'reopenWindow'> & { reopenHours?: number | null }

export async function updateChannel(
  tx: Tx,
  workspaceId: string,
  id: string,
  { reopenHours, ...change }: ChannelUpdate,
): Promise<void> {
  const window = reopenHours === undefined ? {} : { reopenWindow: hours(reopenHours) }
  await tx
    .updateTable('channel')
    .set({ ...change, ...window })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export async function archiveChannelRow(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx
    .updateTable('channel')
    .set({ archivedAt: sql<Date>`coalesce(archived_at, now())` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export async function agentExists(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('agent')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('archivedAt', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** The oldest agent in use. */
export async function findFirstAgent(tx: Tx, workspaceId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('agent')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('archivedAt', 'is', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}

/** The workspace and id behind a channel's public key, unless it is archived. */
export async function findByKey(db: Db, key: string): Promise<{ workspaceId: string; id: string } | undefined> {
  const { rows } = await sql<{
    workspaceId: string
    id: string
  }>`select workspace_id, id from find_channel(${key})`.execute(db)
  return rows[0]
}

/** One at a time through here for one contact point of one channel, over all nodes, until the transaction ends. */
export async function lockPoint(tx: Tx, channelId: string, kind: string, value: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${channelId} ${kind} ${value}`}, 11))`.execute(tx)
}

export interface NewestConversation {
  id: string
  /** Closed or archived for longer than its reopen window: a new message begins another one. */
  expired: boolean
}

/** The conversation an inbound message belongs to: the active one, else the newest. */
export function findNewestConversation(
  tx: Tx,
  workspaceId: string,
  contactId: string,
  channelId: string,
): Promise<NewestConversation | undefined> {
  return tx
    .selectFrom('conversation')
    .select([
      'id',
      sql<boolean>`status <> 'active' and coalesce(ended_at + reopen_window <= now(), false)`.as('expired'),
    ])
    .where('workspaceId', '=', workspaceId)
    .where('contactId', '=', contactId)
    .where('channelId', '=', channelId)
    .orderBy(sql`status = 'active'`, 'desc')
    .orderBy('startedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export interface WhoAnswers {
  agentId: string | null
  control: 'agent' | 'queue'
}

/** Who answers first on a channel that is in use: its agent, or, where that is passive or missing, the operators. */
export async function findWhoAnswers(tx: Tx, workspaceId: string, channelId: string): Promise<WhoAnswers | undefined> {
  const row = await tx
    .selectFrom('channel as c')
    .leftJoin('agent as a', (j) =>
      j.onRef('a.workspaceId', '=', 'c.workspaceId').onRef('a.id', '=', 'c.agentId').on('a.archivedAt', 'is', null),
    )
    .select(['a.id', 'a.mode'])
    .where('c.workspaceId', '=', workspaceId)
    .where('c.id', '=', channelId)
    .where('c.archivedAt', 'is', null)
    .executeTakeFirst()
  return row && { agentId: row.id, control: row.id === null || row.mode === 'passive' ? 'queue' : 'agent' }
}
