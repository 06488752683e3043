/** SQL of own flags. */
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.gen.ts'

export type RuleRow = Selectable<Tables['flagRule']>
export type RuleContent = Pick<RuleRow, 'name' | 'about' | 'severity' | 'enabled' | 'byName'> & { rule: object }

export function findEnabledRules(tx: Tx, workspaceId: string): Promise<RuleRow[]> {
  return tx
    .selectFrom('flagRule')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('enabled', '=', true)
    .orderBy('id')
    .execute()
}

export type ShownRule = RuleRow & { raised: number; dismissed: number }

/** With how often each was raised in a month, and how often people said that it was none. */
export async function findRules(tx: Tx, workspaceId: string, id: string | null = null): Promise<ShownRule[]> {
  const { rows } = await sql<ShownRule>`
    select r.*, coalesce(f.raised, 0)::int as raised, coalesce(f.dismissed, 0)::int as dismissed
      from flag_rule r
      left join (select rule_id, count(*) as raised, count(*) filter (where state = 'dismissed') as dismissed from review_flag
                  where workspace_id = ${workspaceId} and rule_id is not null and created_at > now() - interval '30 days' group by 1) f
        on f.rule_id = r.id
     where r.workspace_id = ${workspaceId} and (${id}::uuid is null or r.id = ${id}::uuid)
     order by lower(r.name)`.execute(tx)
  return rows
}

export async function lockRule(tx: Tx, workspaceId: string, id: string): Promise<RuleRow | undefined> {
  return tx
    .selectFrom('flagRule')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export async function isNameTaken(tx: Tx, workspaceId: string, name: string, besides: string | null): Promise<boolean> {
  const { rows } = await sql`
    select from flag_rule where workspace_id = ${workspaceId} and lower(name) = lower(${name})
       and (${besides}::uuid is null or id <> ${besides}::uuid)`.execute(tx)
  return rows.length > 0
}

export async function insertRule(tx: Tx, workspaceId: string, content: RuleContent): Promise<string> {
  const { id } = await tx
    .insertInto('flagRule')
    .values({ workspaceId, ...content, rule: JSON.stringify(content.rule) })
    .returning('id')
    .executeTakeFirstOrThrow()
  await keepVersion(tx, workspaceId, id)
  return id
}

export async function updateRule(
  tx: Tx,
  workspaceId: string,
  id: string,
  content: RuleContent,
  isNew: boolean,
): Promise<void> {
  await tx
    .updateTable('flagRule')
    .set({
      ...content,
      rule: JSON.stringify(content.rule),
      ...(isNew && { version: sql<number>`version + 1`, at: sql<Date>`now()` }),
    })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
  if (isNew) await keepVersion(tx, workspaceId, id)
}

async function keepVersion(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await sql`
    insert into flag_rule_version (workspace_id, rule_id, version, name, about, severity, rule, by_name)
    select workspace_id, id, version, name, about, severity, rule, by_name from flag_rule
     where workspace_id = ${workspaceId} and id = ${id}`.execute(tx)
}

export async function removeRule(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('flagRule').where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

export function findRuleVersions(tx: Tx, workspaceId: string, id: string) {
  return tx
    .selectFrom('flagRuleVersion')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('ruleId', '=', id)
    .orderBy('version', 'desc')
    .limit(200)
    .execute()
}

/** So that two who add at once do not both slip under the limit. */
export async function lockRules(tx: Tx, workspaceId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`flag rules ${workspaceId}`}, 5))`.execute(tx)
  const { count } = await tx
    .selectFrom('flagRule')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirstOrThrow()
  return count
}
