/** SQL of trigger rules. */
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export type RuleRow = Selectable<Tables['triggerRule']> & {
  fired: number
  accepted: number
  signedSince: Date | null
  webhookProblem: string | null
}

const rulesOf = (tx: Tx, workspaceId: string) =>
  tx
    .selectFrom('triggerRule as r')
    .selectAll('r')
    .select([
      sql<number>`(select count(*)::int from trigger_firing f where f.workspace_id = r.workspace_id and f.rule_id = r.id
        and f.at > now() - interval '28 days')`.as('fired'),
      sql<number>`(select count(*)::int from trigger_firing f where f.workspace_id = r.workspace_id and f.rule_id = r.id
        and f.at > now() - interval '28 days' and f.outcome in ('accepted', 'submitted'))`.as('accepted'),
      sql<Date | null>`(select g.created_at from trigger_signing g
        where g.workspace_id = r.workspace_id and g.rule_id = r.id)`.as('signedSince'),
      sql<
        string | null
      >`(select c.problem from trigger_call c where c.workspace_id = r.workspace_id and c.rule_id = r.id
        and (c.sent_at is not null or c.problem is not null) order by c.created_at desc limit 1)`.as('webhookProblem'),
    ])
    .where('r.workspaceId', '=', workspaceId)

export function findRule(tx: Tx, workspaceId: string, id: string): Promise<RuleRow | undefined> {
  return rulesOf(tx, workspaceId).where('r.id', '=', id).executeTakeFirst()
}

/** Oldest first. */
export function findRules(
  tx: Tx,
  workspaceId: string,
  page: { after?: string | undefined; limit: number },
): Promise<RuleRow[]> {
  let query = rulesOf(tx, workspaceId)
  if (page.after) query = query.where('r.id', '>', page.after)
  return query.orderBy('r.id').limit(page.limit).execute()
}

export function findEnabledRules(tx: Tx, workspaceId: string): Promise<{ id: string; rule: unknown }[]> {
  return tx
    .selectFrom('triggerRule')
    .select(['id', 'rule'])
    .where('workspaceId', '=', workspaceId)
    .where('enabled', '=', true)
    .orderBy('id')
    .limit(100)
    .execute()
}

export interface FiringRule {
  name: string
  version: number
  action: string
  tags: { key: string; value: string }[]
  webhook: string | null
}

/** What a firing keeps of its rule, and what it sets off. */
export async function findRulesById(tx: Tx, workspaceId: string, ids: string[]): Promise<Map<string, FiringRule>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('triggerRule')
    .select([
      'id',
      'name',
      'version',
      sql<string>`rule -> 'action' ->> 'do'`.as('action'),
      sql<{ key: string; value: string }[]>`coalesce(rule -> 'tags', '[]')`.as('tags'),
      sql<string | null>`rule ->> 'webhook'`.as('webhook'),
    ])
    .where('workspaceId', '=', workspaceId)
    .where('id', 'in', ids)
    .execute()
  return new Map(rows.map(({ id, ...rule }) => [id, rule]))
}

export interface StoredRule {
  name: string
  enabled: boolean
  rule: string
}

export async function insertRule(tx: Tx, workspaceId: string, rule: StoredRule): Promise<string> {
  const { id } = await tx
    .insertInto('triggerRule')
    .values({ workspaceId, ...rule })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function updateRule(tx: Tx, workspaceId: string, id: string, rule: StoredRule): Promise<void> {
  await tx
    .updateTable('triggerRule')
    .set({ ...rule, version: sql`version + 1`, updatedAt: sql`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export async function removeRule(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('triggerRule').where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

/** Of the chats that visitors meet: where a redirect may lead. */
export async function findAllowedOrigins(tx: Tx, workspaceId: string): Promise<string[]> {
  const { rows } = await sql<{ origin: string }>`
    select distinct o.origin from channel c, jsonb_array_elements_text(coalesce(c.settings -> 'allowedOrigins', '[]')) o (origin)
     where c.workspace_id = ${workspaceId} and c.archived_at is null`.execute(tx)
  return rows.map(({ origin }) => origin.toLowerCase())
}
