/** SQL of notifications and of how people like to be told. */
import { NotificationChoices, type NotificationKind } from '@earshot/contracts'
import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export type NotificationRow = Selectable<Tables['notification']>
export type ShownNotification = NotificationRow & {
  number: number | null
  contactName: string | null
  excerpt: string | null
}

export interface Page {
  after: string | null
  unread: boolean
  limit: number
}

export async function findNotifications(
  tx: Tx,
  workspaceId: string,
  memberId: string,
  page: Page,
): Promise<ShownNotification[]> {
  const { rows } = await sql<ShownNotification>`
    select n.*, c.number, ct.name as contact_name, left(e.text, 160) as excerpt
      from notification n
      left join conversation c on c.workspace_id = n.workspace_id and c.id = n.conversation_id
      left join contact ct on ct.workspace_id = c.workspace_id and ct.id = c.contact_id
      left join entry e on e.workspace_id = n.workspace_id and e.conversation_id = n.conversation_id and e.position = n.position
     where n.workspace_id = ${workspaceId} and n.member_id = ${memberId} and (not ${page.unread} or n.read_at is null)
       and (${page.after}::uuid is null or n.id < ${page.after}::uuid)
     order by n.id desc limit ${page.limit}`.execute(tx)
  return rows
}

export async function countUnread(tx: Tx, workspaceId: string, memberId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('notification')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('workspaceId', '=', workspaceId)
    .where('memberId', '=', memberId)
    .where('readAt', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

export type Which = { ids: string[] } | { conversationId: string } | { all: true }

/** Returns those that were unread. */
export async function markRead(tx: Tx, workspaceId: string, memberId: string, which: Which): Promise<string[]> {
  let query = tx
    .updateTable('notification')
    .set({ readAt: sql<Date>`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('memberId', '=', memberId)
    .where('readAt', 'is', null)
  if ('ids' in which) query = query.where('id', 'in', which.ids)
  if ('conversationId' in which) query = query.where('conversationId', '=', which.conversationId)
  return (await query.returning('id').execute()).map(({ id }) => id)
}

/** What waited for somebody waits no longer: whoever was told of it need not look. Returns which, and whose. */
export async function settleWaiting(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
): Promise<{ id: string; memberId: string }[]> {
  return tx
    .updateTable('notification')
    .set({ readAt: sql<Date>`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .where('kind', 'in', ['handoff', 'offer'])
    .where('readAt', 'is', null)
    .returning(['id', 'memberId'])
    .execute()
}

export interface NewNotification {
  workspaceId: string
  memberId: string
  kind: NotificationKind
  conversationId: string | null
  alertId: string | null
  position: number | null
  byName: string | null
  reason: string | null
  fact: string
}

/** The ids of those who were not told of this fact before, and of a reply only those who have seen the last one. */
export async function insertNotifications(
  tx: Tx,
  given: NewNotification[],
): Promise<{ id: string; memberId: string }[]> {
  if (given.length === 0) return []
  return tx
    .insertInto('notification')
    .values(given)
    .onConflict((oc) => oc.columns(['workspaceId', 'memberId', 'fact']).doNothing())
    .returning(['id', 'memberId'])
    .execute()
}

/** Who has an unread one of this kind there: a contact who writes five lines is told of once. */
export async function findToldAlready(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  kind: NotificationKind,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('notification')
    .select('memberId')
    .where('workspaceId', '=', workspaceId)
    .where('conversationId', '=', conversationId)
    .where('kind', '=', kind)
    .where('readAt', 'is', null)
    .execute()
  return rows.map(({ memberId }) => memberId)
}

export interface Teller {
  id: string
  role: string
  email: string
  choices: NotificationChoices | null
}

/** Members who can answer, and how each likes to be told. */
export async function findPeople(tx: Tx, workspaceId: string): Promise<Teller[]> {
  const rows = await tx
    .selectFrom('member as m')
    .leftJoin('notificationChoice as c', (j) =>
      j.onRef('c.workspaceId', '=', 'm.workspaceId').onRef('c.memberId', '=', 'm.id'),
    )
    .select(['m.id', 'm.role', 'm.email', 'c.choices'])
    .where('m.workspaceId', '=', workspaceId)
    .where('m.removedAt', 'is', null)
    .execute()
  return rows.map((row) => ({ ...row, choices: readChoices(row.choices) }))
}

export async function findChoices(tx: Tx, workspaceId: string, memberId: string): Promise<NotificationChoices | null> {
  const row = await tx
    .selectFrom('notificationChoice')
    .select('choices')
    .where('workspaceId', '=', workspaceId)
    .where('memberId', '=', memberId)
    .executeTakeFirst()
  return readChoices(row?.choices)
}

/** What was stored before a kind or a way was there gets it as the contract has it. */
const readChoices = (stored: unknown): NotificationChoices | null => NotificationChoices.safeParse(stored).data ?? null

export async function putChoices(
  tx: Tx,
  workspaceId: string,
  memberId: string,
  choices: NotificationChoices,
): Promise<void> {
  const content = JSON.stringify(choices)
  await tx
    .insertInto('notificationChoice')
    .values({ workspaceId, memberId, choices: content })
    .onConflict((oc) => oc.columns(['workspaceId', 'memberId']).doUpdateSet({ choices: content }))
    .execute()
}

/** Who asked for a human, from the last such line of the log. */
export async function findWhoAsked(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
): Promise<{ position: number; id: string | null; name: string | null } | undefined> {
  const { rows } = await sql<{ position: number; id: string | null; name: string | null }>`
    select position, data -> 'by' ->> 'id' as id, data -> 'by' ->> 'name' as name from entry
     where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and kind = 'activity' and data ->> 'type' = 'handoff_requested'
     order by position desc limit 1`.execute(tx)
  return rows[0]
}

export interface Range {
  conversationId: string
  from: number
  to: number
}
export interface WorthTelling {
  conversationId: string
  position: number
  kind: 'note' | 'message'
  authorId: string | null
  authorName: string | null
  mentions: unknown
  assigneeId: string | null
}

/**
 * Of what was appended: notes that mention somebody, and what contacts said to the person who has the conversation. What was said before
 * that person took over is before their eyes. One question for however many entries: the feed may bring thousands a second.
 */
export async function findWorthTelling(tx: Tx, workspaceId: string, ranges: Range[]): Promise<WorthTelling[]> {
  const { rows } = await sql<WorthTelling>`
    select e.conversation_id, e.position, e.kind, e.author_id, e.author_name, e.data -> 'mentions' as mentions, c.assignee_id
      from unnest(${ranges.map(({ conversationId }) => conversationId)}::uuid[], ${ranges.map(({ from }) => from)}::int[],
             ${ranges.map(({ to }) => to)}::int[]) as r (id, first, last)
      join conversation c on c.workspace_id = ${workspaceId} and c.id = r.id
      join entry e on e.workspace_id = c.workspace_id and e.conversation_id = c.id and e.position between r.first and r.last
     where (e.kind = 'note' and e.data ? 'mentions')
        or (e.kind = 'message' and e.author_kind = 'contact' and c.control = 'operator' and c.assignee_id is not null
            and not exists (select from entry t where t.workspace_id = c.workspace_id and t.conversation_id = c.id and t.position > e.position
              and t.kind = 'activity' and t.data ->> 'type' = 'taken_over'))
     order by e.conversation_id, e.position`.execute(tx)
  return rows
}

export async function findNameFor(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
): Promise<{ number: number; contactName: string | null } | null> {
  const row = await tx
    .selectFrom('conversation as c')
    .leftJoin('contact as p', (j) => j.onRef('p.workspaceId', '=', 'c.workspaceId').onRef('p.id', '=', 'c.contactId'))
    .select(['c.number', 'p.name as contactName'])
    .where('c.workspaceId', '=', workspaceId)
    .where('c.id', '=', conversationId)
    .executeTakeFirst()
  return row ?? null
}

export async function findEmail(tx: Tx, workspaceId: string, memberId: string): Promise<string> {
  const { email } = await tx
    .selectFrom('member')
    .select('email')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow()
  return email
}

export async function pruneOld(db: Db, older: string): Promise<void> {
  await sql`select prune_notifications(${older}::interval)`.execute(db)
}
