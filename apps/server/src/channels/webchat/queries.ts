/** SQL of the visitor's side: who a token is, and what of a conversation its contact may see. */
import type { AuthorKind } from '@earshot/contracts'
import { sql } from 'kysely'
import type { EntryData } from '../../conversations/index.ts'
import type { Db, Tx } from '../../platform/db.ts'

export interface VisitorRow {
  workspaceId: string
  contactId: string | null
  archived: boolean
  allowedOrigins: string[]
}

/** The channel of a token, and the contact once there is one. Works before a workspace is known. */
export async function findVisitor(db: Db, channelId: string, hash: string): Promise<VisitorRow | undefined> {
  const { rows } = await sql<VisitorRow>`
    select workspace_id, contact_id, archived, allowed_origins from find_visitor(${channelId}::uuid, ${hash})`.execute(
    db,
  )
  return rows[0]
}

export interface VisitorConversationRow {
  id: string
  contactId: string
  channelId: string
  status: 'active' | 'closed' | 'archived'
  control: 'agent' | 'queue' | 'operator' | 'paused'
  epoch: number
  lastPosition: number
  log: number
  agentName: string | null
  assigneeName: string | null
  rating: number | null
  ratingComment: string | null
  /** Over, and not to be shown any more. */
  gone: boolean
}

const conversationsOf = (tx: Tx, workspaceId: string) =>
  tx
    .selectFrom('conversation as c')
    .leftJoin('agent as a', (j) => j.onRef('a.workspaceId', '=', 'c.workspaceId').onRef('a.id', '=', 'c.agentId'))
    .leftJoin('member as m', (j) => j.onRef('m.workspaceId', '=', 'c.workspaceId').onRef('m.id', '=', 'c.assigneeId'))
    .where('c.workspaceId', '=', workspaceId)
    .select([
      'c.id',
      'c.contactId',
      'c.channelId',
      'c.status',
      'c.control',
      'c.epoch',
      'c.lastPosition',
      'c.log',
      'a.name as agentName',
      'm.name as assigneeName',
      'c.rating',
      'c.ratingComment',
      // A day is enough to come back and rate; as long as a message would reopen it, it is not over for the contact.
      sql<boolean>`c.status = 'archived' or (c.status = 'closed'
        and coalesce(c.ended_at + greatest(c.reopen_window, interval '24 hours') <= now(), false))`.as('gone'),
    ])

/** The active conversation of a contact on a channel, else its newest. */
export function findCurrent(
  tx: Tx,
  workspaceId: string,
  contactId: string,
  channelId: string,
): Promise<VisitorConversationRow | undefined> {
  return conversationsOf(tx, workspaceId)
    .where('c.contactId', '=', contactId)
    .where('c.channelId', '=', channelId)
    .orderBy(sql`c.status = 'active'`, 'desc')
    .orderBy('c.startedAt', 'desc')
    .orderBy('c.id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export function findOnes(tx: Tx, workspaceId: string, ids: string[]): Promise<VisitorConversationRow[]> {
  return conversationsOf(tx, workspaceId).where('c.id', 'in', ids).execute()
}

export interface VisibleEntryRow {
  conversationId: string
  position: number
  kind: string
  authorKind: AuthorKind
  authorName: string | null
  text: string | null
  data: EntryData | null
  clientKey: string | null
  at: Date
}

/** The rule of what ever leaves by the visitor's doors: messages with words, and activities that carry some for the contact. What was only heard on a call has none. */
const visible = sql<boolean>`((kind = 'message' and (text is not null or not coalesce(data ? 'call', false))) or (kind = 'activity' and data ? 'announcement'))`

const entriesOf = (tx: Tx, workspaceId: string) =>
  tx
    .selectFrom('entry')
    .select(['conversationId', 'position', 'kind', 'authorKind', 'authorName', 'text', 'data', 'clientKey', 'at'])
    .where('workspaceId', '=', workspaceId)
    .where(visible)

/** Newest first. */
export async function findBefore(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  before: number | undefined,
  limit: number,
): Promise<VisibleEntryRow[]> {
  let query = entriesOf(tx, workspaceId).where('conversationId', '=', conversationId)
  if (before !== undefined) query = query.where('position', '<', before)
  return (await query.orderBy('position', 'desc').limit(limit).execute()) as VisibleEntryRow[]
}

/** Oldest first. */
export async function findAfter(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  after: number,
  limit: number,
): Promise<VisibleEntryRow[]> {
  return (await entriesOf(tx, workspaceId)
    .where('conversationId', '=', conversationId)
    .where('position', '>', after)
    .orderBy('position')
    .limit(limit)
    .execute()) as VisibleEntryRow[]
}

export interface PositionRange {
  conversationId: string
  from: number
  to: number
}

/** What may be seen of several ranges at once, oldest first: one query however many conversations moved. */
export async function findInRanges(tx: Tx, workspaceId: string, ranges: PositionRange[]): Promise<VisibleEntryRow[]> {
  const { rows } = await sql<VisibleEntryRow>`
    select e.conversation_id, e.position, e.kind, e.author_kind, e.author_name, e.text, e.data, e.client_key, e.at
      from unnest(${ranges.map((r) => r.conversationId)}::uuid[], ${ranges.map((r) => r.from)}::int[], ${ranges.map((r) => r.to)}::int[]) as r (id, lowest, highest)
      join entry e on e.workspace_id = ${workspaceId} and e.conversation_id = r.id and e.position between r.lowest and r.highest
     where ${visible}
     order by e.conversation_id, e.position`.execute(tx)
  return rows
}

/** Whose conversations these are: the visitor points of their contacts. */
export async function findVisitorPoints(
  tx: Tx,
  workspaceId: string,
  conversationIds: string[],
): Promise<{ conversationId: string; contactId: string; point: string }[]> {
  return tx
    .selectFrom('conversation as c')
    .innerJoin('contactPoint as p', (j) =>
      j
        .onRef('p.workspaceId', '=', 'c.workspaceId')
        .onRef('p.contactId', '=', 'c.contactId')
        .on('p.kind', '=', 'visitor'),
    )
    .where('c.workspaceId', '=', workspaceId)
    .where('c.id', 'in', conversationIds)
    .where(sql<boolean>`starts_with(p.value, c.channel_id::text)`)
    .select(['c.id as conversationId', 'c.contactId', 'p.value as point'])
    .execute()
}

export interface ChatChannelRow {
  id: string
  kind: string
  settings: unknown
  agentName: string | null
  agentPictureId: string | null
  workspaceName: string
  name: string
}

/** A channel as its visitors meet it: with the names of the company and of the agent that answers. */
export function findChatChannel(tx: Tx, workspaceId: string, id: string): Promise<ChatChannelRow | undefined> {
  return tx
    .selectFrom('channel as c')
    .innerJoin('workspace as w', 'w.workspaceId', 'c.workspaceId')
    .leftJoin('agent as a', (j) =>
      j
        .onRef('a.workspaceId', '=', 'c.workspaceId')
        .onRef('a.id', '=', 'c.agentId')
        .on('a.archivedAt', 'is', null)
        .on('a.mode', '<>', 'passive'),
    )
    .where('c.workspaceId', '=', workspaceId)
    .where('c.id', '=', id)
    .select(['c.id', 'c.kind', 'c.settings', 'c.name', 'w.name as workspaceName'])
    .select(['a.name as agentName', 'a.avatarFileId as agentPictureId'])
    .executeTakeFirst()
}
