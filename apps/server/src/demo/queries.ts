/** SQL of the demo: what no other door offers, because only history needs it. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

type Kind = Tables['channel']['kind']

/** The workspace an account owns. */
export async function findWorkspaceOf(
  db: Db,
  userId: string,
): Promise<{ workspaceId: string; memberId: string } | undefined> {
  const { rows } = await sql<{ workspaceId: string; memberId: string }>`
    select workspace_id, member_id from find_memberships(${userId}) where role = 'owner'`.execute(db)
  return rows[0]
}

export async function findExternalIds(tx: Tx, workspaceId: string, externalIds: string[]): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('conversation')
    .select('externalId')
    .where('workspaceId', '=', workspaceId)
    .where('externalId', 'in', externalIds)
    .execute()
  return new Set(rows.map(({ externalId }) => externalId!))
}

export async function findChannelByKind(tx: Tx, workspaceId: string, kind: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('channel')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('kind', '=', kind as Kind)
    .orderBy('createdAt')
    .executeTakeFirst()
  return row?.id
}

/** `archived`: it stands beside the conversations that came by it, and nobody can set it up or write to it. */
export async function insertChannel(
  tx: Tx,
  workspaceId: string,
  given: { kind: string; name: string; archived: boolean },
): Promise<string> {
  const { id } = await tx
    .insertInto('channel')
    .values({
      workspaceId,
      kind: given.kind as Kind,
      name: given.name,
      key: `${given.kind}_${randomBytes(12).toString('base64url')}`,
      archivedAt: given.archived ? new Date() : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function setAnsweringAgent(
  tx: Tx,
  workspaceId: string,
  channelId: string,
  agentId: string,
): Promise<void> {
  await tx
    .updateTable('channel')
    .set({ agentId })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', channelId)
    .where('agentId', 'is', null)
    .execute()
}

export async function findAgentsByName(tx: Tx, workspaceId: string): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('agent')
    .select(['id', 'name'])
    .where('workspaceId', '=', workspaceId)
    .orderBy('createdAt')
    .execute()
  return new Map(rows.map(({ id, name }) => [name, id]))
}

export async function findOrInsertFlow(tx: Tx, workspaceId: string, agentId: string, name: string): Promise<string> {
  const { id } = await tx
    .insertInto('flow')
    .values({ workspaceId, agentId, name })
    .onConflict((oc) => oc.columns(['workspaceId', 'agentId', 'name']).doUpdateSet({ name }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function findMembersByName(tx: Tx, workspaceId: string): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('member')
    .select(['id', 'name'])
    .where('workspaceId', '=', workspaceId)
    .where('removedAt', 'is', null)
    .execute()
  return new Map(rows.map(({ id, name }) => [name, id]))
}

/** Conversations that simulated visitors left behind when the service stopped. */
export async function findAbandoned(tx: Tx, workspaceId: string, page: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('conversation as c')
    .innerJoin('contact as ct', (j) =>
      j.onRef('ct.workspaceId', '=', 'c.workspaceId').onRef('ct.id', '=', 'c.contactId'),
    )
    .select('c.id')
    .where('c.workspaceId', '=', workspaceId)
    .where('c.status', '=', 'active')
    .where('c.control', 'in', ['agent', 'queue'])
    .where('c.externalId', 'is', null)
    .where(sql<boolean>`starts_with(ct.attributes ->> 'page', ${page})`)
    .execute()
  return rows.map(({ id }) => id)
}

/** Conversations that wait for a person. */
export async function findWaiting(tx: Tx, workspaceId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('conversation')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('status', '=', 'active')
    .where('control', '=', 'queue')
    .execute()
  return rows.map(({ id }) => id)
}

/** Those that are over and wait for their review, the newest first. */
export async function findUnreviewed(tx: Tx, workspaceId: string, limit: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('conversation')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('reviewDue', 'is not', null)
    .where('status', '<>', 'active')
    .orderBy('activityMin', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Those that agents answered and whose review has a score, while nobody has said anything against any. */
export async function findScored(tx: Tx, workspaceId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ conversationId: string }>`
    select r.conversation_id from review r
     where r.workspace_id = ${workspaceId} and r.applicable and r.score is not null and r.judged = 'agent'
       and not exists (select from review n where n.workspace_id = r.workspace_id and n.conversation_id = r.conversation_id and n.id > r.id)
       and not exists (select from review_override o where o.workspace_id = r.workspace_id)
       and not exists (select from review_sheet s where s.workspace_id = r.workspace_id)
     order by r.id limit ${limit}`.execute(tx)
  return rows.map(({ conversationId }) => conversationId)
}

/** Nobody sat there while the demo was filled. */
export async function spendTimeOnChecks(tx: Tx, workspaceId: string): Promise<void> {
  await sql`update review_check set seconds = 35 + (hashtext(conversation_id::text) & 31) where workspace_id = ${workspaceId}`.execute(
    tx,
  )
}

/** The key of the channel that live visitors use. */
export async function findWidgetKey(tx: Tx, workspaceId: string): Promise<string> {
  const { key } = await tx
    .selectFrom('channel')
    .select('key')
    .where('workspaceId', '=', workspaceId)
    .where('kind', '=', 'widget')
    .where('archivedAt', 'is', null)
    .orderBy('createdAt')
    .executeTakeFirstOrThrow()
  return key
}

/** The newest closed conversations of the agent that has most; nothing where somebody has replayed already. */
export async function findReplayable(
  tx: Tx,
  workspaceId: string,
  limit: number,
): Promise<{ agentId: string; conversationIds: string[] } | null> {
  const { rows } = await sql<{ agentId: string; ids: string[] }>`
    select c.agent_id, (array_agg(c.id order by c.last_message_at desc))[1:${limit}] as ids
      from conversation c join agent a on a.workspace_id = c.workspace_id and a.id = c.agent_id and a.archived_at is null
     where c.workspace_id = ${workspaceId} and c.status = 'closed' and not exists (select from replay r where r.workspace_id = c.workspace_id)
     group by c.agent_id order by count(*) desc limit 1`.execute(tx)
  const [found] = rows
  return found ? { agentId: found.agentId, conversationIds: found.ids } : null
}
