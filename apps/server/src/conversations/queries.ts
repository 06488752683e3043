/** SQL of the conversation log: rows and locks. Functions take a transaction, return rows, and decide nothing. */
import type { DomainEvent, EntryKind } from '@earshot/contracts'
import { type Selectable, sql, type Updateable } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'
import type { EntryData } from './entry-data.ts'

export type ConversationRow = Selectable<Tables['conversation']> & {
  channelName: string
  agentName: string | null
  agentMode: 'active' | 'passive' | 'hybrid' | null
  flowName: string | null
  contactName: string | null
  contactEmail: string | null
  contactPhone: string | null
  contactActiveAt: Date | null
  assigneeName: string | null
  stageName: string
  stageCategory: 'open' | 'waiting' | 'won' | 'lost' | 'ignored'
  stageColor: Selectable<Tables['stage']>['color']
}
export type EntryRow = Omit<Selectable<Tables['entry']>, 'data'> & { data: EntryData | null }

/** Conversations with the names a screen shows beside them. */
export function selectConversations(tx: Tx, workspaceId: string) {
  return tx
    .selectFrom('conversation as c')
    .innerJoin('channel as ch', (j) =>
      j.onRef('ch.workspaceId', '=', 'c.workspaceId').onRef('ch.id', '=', 'c.channelId'),
    )
    .innerJoin('contact as ct', (j) =>
      j.onRef('ct.workspaceId', '=', 'c.workspaceId').onRef('ct.id', '=', 'c.contactId'),
    )
    .innerJoin('stage as s', (j) => j.onRef('s.workspaceId', '=', 'c.workspaceId').onRef('s.key', '=', 'c.stageKey'))
    .leftJoin('agent as a', (j) => j.onRef('a.workspaceId', '=', 'c.workspaceId').onRef('a.id', '=', 'c.agentId'))
    .leftJoin('flow as f', (j) => j.onRef('f.workspaceId', '=', 'c.workspaceId').onRef('f.id', '=', 'c.flowId'))
    .leftJoin('member as m', (j) => j.onRef('m.workspaceId', '=', 'c.workspaceId').onRef('m.id', '=', 'c.assigneeId'))
    .where('c.workspaceId', '=', workspaceId)
    .selectAll('c')
    .select([
      'ch.name as channelName',
      'a.name as agentName',
      'a.mode as agentMode',
      'f.name as flowName',
      'ct.name as contactName',
      'ct.email as contactEmail',
      'ct.phone as contactPhone',
      'ct.lastActiveAt as contactActiveAt',
      'm.name as assigneeName',
      's.name as stageName',
      's.category as stageCategory',
      's.color as stageColor',
    ])
}

export function findConversation(tx: Tx, workspaceId: string, id: string): Promise<ConversationRow | undefined> {
  return selectConversations(tx, workspaceId).where('c.id', '=', id).executeTakeFirst()
}

export function findConversations(tx: Tx, workspaceId: string, ids: string[]): Promise<ConversationRow[]> {
  return selectConversations(tx, workspaceId).where('c.id', 'in', ids).execute()
}

/** Which log each has: a merge or a split raises it. */
export async function findLogs(tx: Tx, workspaceId: string, ids: string[]): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('conversation')
    .select(['id', 'log'])
    .where('workspaceId', '=', workspaceId)
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map(({ id, log }) => [id, log]))
}

/** Locks the conversation until the transaction ends, so that its log and its control change one at a time. */
export async function lockConversation(tx: Tx, workspaceId: string, id: string): Promise<ConversationRow | undefined> {
  const locked = await tx
    .selectFrom('conversation')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return locked ? findConversation(tx, workspaceId, id) : undefined
}

/** The same for many, locked in the order of their ids; those that are gone are left out. */
export async function lockConversations(
  tx: Tx,
  workspaceId: string,
  ids: string[],
): Promise<Map<string, ConversationRow>> {
  if (ids.length === 0) return new Map()
  const locked = await tx
    .selectFrom('conversation')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('id', 'in', ids)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  if (locked.length === 0) return new Map()
  const rows = await findConversations(
    tx,
    workspaceId,
    locked.map(({ id }) => id),
  )
  return new Map(rows.map((row) => [row.id, row]))
}

export type ConversationUpdate = Updateable<Tables['conversation']>

export async function updateConversation(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: ConversationUpdate,
): Promise<void> {
  await tx.updateTable('conversation').set(change).where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

/** The same change of many. */
export async function updateConversations(
  tx: Tx,
  workspaceId: string,
  ids: string[],
  change: ConversationUpdate,
): Promise<void> {
  await tx
    .updateTable('conversation')
    .set(change)
    .where('workspaceId', '=', workspaceId)
    .where('id', 'in', ids)
    .execute()
}

/** Every change of control raises the fencing number in the same statement. */
export async function changeControl(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: ConversationUpdate,
): Promise<number> {
  const { epoch } = await tx
    .updateTable('conversation')
    .set({ ...change, epoch: sql<number>`epoch + 1` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .returning('epoch')
    .executeTakeFirstOrThrow()
  return epoch
}

/** The same change of many; answers the new numbers by conversation. */
export async function changeControls(
  tx: Tx,
  workspaceId: string,
  ids: string[],
  change: ConversationUpdate,
): Promise<Map<string, number>> {
  const rows = await tx
    .updateTable('conversation')
    .set({ ...change, epoch: sql<number>`epoch + 1` })
    .where('workspaceId', '=', workspaceId)
    .where('id', 'in', ids)
    .returning(['id', 'epoch'])
    .execute()
  return new Map(rows.map(({ id, epoch }) => [id, epoch]))
}

export interface EntryPage {
  before?: number | undefined
  after?: number | undefined
  kinds?: EntryKind[] | undefined
  limit: number
}

/** Newest first; with `after`, the ones right after it. */
export async function findEntries(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  page: EntryPage,
): Promise<EntryRow[]> {
  const upward = page.after !== undefined && page.before === undefined
  let query = tx
    .selectFrom('entry')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
  if (page.before !== undefined) query = query.where('position', '<', page.before)
  if (page.after !== undefined) query = query.where('position', '>', page.after)
  if (page.kinds) query = query.where('kind', 'in', page.kinds)
  const rows = await query
    .orderBy('position', upward ? 'asc' : 'desc')
    .limit(page.limit)
    .execute()
  return (upward ? rows.reverse() : rows) as EntryRow[]
}

/** The entries of a range, oldest first. */
export async function findEntriesBetween(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  from: number,
  to: number,
): Promise<EntryRow[]> {
  const rows = await tx
    .selectFrom('entry')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .where('position', '>=', from)
    .where('position', '<=', to)
    .orderBy('position')
    .execute()
  return rows as EntryRow[]
}

export interface NewConversation {
  workspaceId: string
  channelId: string
  contactId: string
  agentId: string | null
  flowId: string | null
  sessionId: string
  externalId: string | null
  title: string | null
  previousId: string | null
  control: 'agent' | 'queue'
  startedAt: Date | null
}

/** Inserts a conversation with the next number of its workspace; kind and reopen window are copied from the channel. */
export async function insertConversation(tx: Tx, given: NewConversation): Promise<{ id: string; epoch: number }> {
  const { rows } = await sql<{ id: string; epoch: number }>`
    with numbered as (
      update workspace set next_number = next_number + 1 where workspace_id = ${given.workspaceId} returning next_number - 1 as number
    )
    insert into conversation (workspace_id, number, channel_id, channel_kind, reopen_window, contact_id, agent_id, flow_id, session_id, external_id,
        title, previous_id, control, initial_control, handoff_state, handoff_reason, handoff_by, handoff_at, blocked, started_at, last_message_at, activity_min)
    select c.workspace_id, numbered.number, c.id, c.kind, c.reopen_window, ${given.contactId}, ${given.agentId}, ${given.flowId}, ${given.sessionId}, ${given.externalId},
        ${given.title}, ${given.previousId}, ${given.control}, ${given.control},
        case when t.waits then 'queued' else 'none' end, case when t.waits then 'operators_answer' end,
        case when t.waits then 'rule' end, case when t.waits then now() end, t.blocked,
        t.at, t.at, date_bin('10 minutes', t.at, '2000-01-01')
      from channel c, numbered, lateral (
        select b.blocked, coalesce(${given.startedAt}::timestamptz, now()) as at, ${given.control} = 'queue' and not b.blocked as waits
          from (select exists (select from block b where b.workspace_id = c.workspace_id and b.channel_id = c.id
            and b.contact_id = ${given.contactId} and (b.expires_at is null or b.expires_at > now())) as blocked) b) t
     where c.workspace_id = ${given.workspaceId} and c.id = ${given.channelId}
    returning id, epoch`.execute(tx)
  return rows[0]!
}

/** Marks the conversations of a contact that a block reaches, and fences their agents. Who is blocked does not wait in the queue. */
export async function setBlocked(
  tx: Tx,
  workspaceId: string,
  contactId: string,
  channelId: string,
  blocked: boolean,
): Promise<{ id: string; epoch: number }[]> {
  return tx
    .updateTable('conversation')
    .set({ blocked, epoch: sql<number>`epoch + 1`, ...(blocked ? leaveQueue : enterQueue) })
    .where('workspaceId', '=', workspaceId)
    .where('contactId', '=', contactId)
    .where('channelId', '=', channelId)
    .where('blocked', '=', !blocked)
    .returning(['id', 'epoch'])
    .execute()
}

type HandoffState = ConversationRow['handoffState']
const leaveQueue = {
  handoffState: sql<HandoffState>`case when handoff_state in ('queued', 'offered') then 'none' else handoff_state end`,
}
const enterQueue = {
  handoffState: sql<HandoffState>`case when status = 'active' and control = 'queue' then 'queued' else handoff_state end`,
  handoffAt: sql<Date | null>`case when status = 'active' and control = 'queue' then now() else handoff_at end`,
}

export type ControlChanged = Extract<DomainEvent, { type: 'conversation.control_changed' }>
