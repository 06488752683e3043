/** SQL of operators: members with their presence, and what each has. */
import { type Selectable, sql, type Updateable } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'
import { BACK_WITHIN, GRACE } from './limits.ts'
import { KIND } from './queries-kind.ts'

type Presence = Omit<Selectable<Tables['queueOperator']>, 'workspaceId' | 'memberId'>
export type OperatorRow = Presence & { memberId: string; name: string; role: string; hasOwnCaps: boolean }

/** Members who stay, as the queue sees them: those named, or all who may answer. Without a row they are offline. */
export async function findOperators(tx: Tx, workspaceId: string, ids?: readonly string[]): Promise<OperatorRow[]> {
  const { rows } = await sql<OperatorRow>`
    select m.id as member_id, m.name, m.role, coalesce(o.state, 'offline') as state, coalesce(o.chosen, 'offline') as chosen, o.reason, o.since, o.seen_at,
           o.idle_since, coalesce(o.misses, 0) as misses, coalesce(o.takes, '{voice,chat,mail}') as takes, coalesce(o.skills, '{}') as skills,
           o.cap_voice, o.cap_chat, o.cap_mail, coalesce(o.cap_voice, o.cap_chat, o.cap_mail) is not null as has_own_caps
      from member m left join queue_operator o on o.workspace_id = m.workspace_id and o.member_id = m.id
     where m.workspace_id = ${workspaceId} and m.removed_at is null
       and ${ids ? sql`m.id = any (${[...ids]}::uuid[])` : sql`m.role <> 'viewer'`}
     order by m.name, m.id`.execute(tx)
  return rows
}

/** Adds the row if there is none, and changes it. */
export async function upsertOperator(
  tx: Tx,
  workspaceId: string,
  memberId: string,
  change: Updateable<Tables['queueOperator']>,
): Promise<void> {
  await tx
    .insertInto('queueOperator')
    .values({ ...(change as object), workspaceId, memberId })
    .onConflict((conflict) => conflict.columns(['workspaceId', 'memberId']).doUpdateSet(change))
    .execute()
}

/** One more offer that ran out; answers how many in a row. */
export async function countMiss(tx: Tx, workspaceId: string, memberId: string): Promise<number> {
  const row = await tx
    .updateTable('queueOperator')
    .set({ misses: sql<number>`misses + 1` })
    .where('workspaceId', '=', workspaceId)
    .where('memberId', '=', memberId)
    .returning('misses')
    .executeTakeFirst()
  return row?.misses ?? 0
}

/** Not one of their browsers was heard of. */
export async function findGone(tx: Tx, workspaceId: string, now: Date): Promise<string[]> {
  const { rows } = await sql<{ memberId: string }>`
    select member_id from queue_operator
     where workspace_id = ${workspaceId} and state <> 'offline' and (seen_at is null or seen_at < ${now}::timestamptz - ${GRACE}::interval)
     order by member_id`.execute(tx)
  return rows.map((row) => row.memberId)
}

/** True when they are still gone: somebody may have been heard of in between. */
export async function setGone(tx: Tx, workspaceId: string, memberId: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update queue_operator set state = 'offline', reason = 'gone', since = ${now}
     where workspace_id = ${workspaceId} and member_id = ${memberId} and state <> 'offline'
       and (seen_at is null or seen_at < ${now}::timestamptz - ${GRACE}::interval) returning 1`.execute(tx)
  return rows.length > 0
}

/** They were heard of. Answers who is back after having been gone for a short while. A row that somebody holds waits for the next beat. */
export async function setSeen(tx: Tx, workspaceId: string, memberIds: readonly string[], now: Date): Promise<string[]> {
  const { rows } = await sql<{ memberId: string; back: boolean }>`
    with here as (
      select member_id, reason = 'gone' and chosen <> 'offline' and since > ${now}::timestamptz - ${BACK_WITHIN}::interval as back
        from queue_operator where workspace_id = ${workspaceId} and member_id = any (${[...memberIds]}::uuid[])
         and (state <> 'offline' or reason = 'gone')
       order by member_id for update skip locked
    )
    update queue_operator o set seen_at = greatest(o.seen_at, ${now}), state = case when here.back then o.chosen else o.state end,
           reason = case when here.back then 'chosen' else o.reason end, since = case when here.back then ${now} else o.since end,
           misses = case when here.back then 0 else o.misses end
      from here where o.workspace_id = ${workspaceId} and o.member_id = here.member_id
    returning o.member_id, here.back`.execute(tx)
  return rows.filter((row) => row.back).map((row) => row.memberId)
}

export interface Holding {
  memberId: string
  conversationId: string
  channelKind: string
  offered: boolean
}

/** What each has: conversations held, and offers not answered. */
export async function findHoldings(tx: Tx, workspaceId: string, memberId?: string): Promise<Holding[]> {
  const only = (column: string) => (memberId ? sql`and ${sql.ref(column)} = ${memberId}` : sql``)
  const { rows } = await sql<Holding>`
    select c.assignee_id as member_id, c.id as conversation_id, ${KIND} as channel_kind, false as offered
      from queue_item q join conversation c on c.workspace_id = q.workspace_id and c.id = q.conversation_id
     where q.workspace_id = ${workspaceId} and q.state = 'held' and c.assignee_id is not null ${only('c.assignee_id')}
    union all
    select o.member_id, o.conversation_id, ${KIND}, true
      from queue_offer o join conversation c on c.workspace_id = o.workspace_id and c.id = o.conversation_id
     where o.workspace_id = ${workspaceId} and o.ended_at is null ${only('o.member_id')}
     order by 2`.execute(tx)
  return rows
}

/** Held conversations that go back to the queue: what was offered to people who have left, and all of those who may not answer any more. */
export async function findLeft(tx: Tx, workspaceId: string): Promise<{ conversationId: string; memberId: string }[]> {
  const { rows } = await sql<{ conversationId: string; memberId: string }>`
    select q.conversation_id, c.assignee_id as member_id
      from queue_item q
      join conversation c on c.workspace_id = q.workspace_id and c.id = q.conversation_id
      join member m on m.workspace_id = c.workspace_id and m.id = c.assignee_id
      left join queue_operator o on o.workspace_id = m.workspace_id and o.member_id = m.id
     where q.workspace_id = ${workspaceId} and q.state = 'held'
       and (m.removed_at is not null or m.role = 'viewer' or (q.routed = 'offer' and not q.keeps and o.state in ('busy', 'offline')))
     order by q.conversation_id`.execute(tx)
  return rows
}

/** Says of everything the queue gave them whether they keep it. */
export async function setKeeps(tx: Tx, workspaceId: string, memberId: string, keeps: boolean): Promise<void> {
  await sql`
    update queue_item q set keeps = ${keeps}
      from (select i.conversation_id from queue_item i
              join conversation c on c.workspace_id = i.workspace_id and c.id = i.conversation_id
             where i.workspace_id = ${workspaceId} and i.state = 'held' and i.routed = 'offer' and i.keeps <> ${keeps} and c.assignee_id = ${memberId}
             order by i.conversation_id for update of i) theirs
     where q.workspace_id = ${workspaceId} and q.conversation_id = theirs.conversation_id`.execute(tx)
}
