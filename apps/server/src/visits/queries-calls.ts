/** SQL of what a firing sets off: tags of conversations, and calls of webhooks. */
import { sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'

export async function putSigning(tx: Tx, workspaceId: string, ruleId: string, sealed: string): Promise<Date> {
  const { rows } = await sql<{ createdAt: Date }>`
    insert into trigger_signing (workspace_id, rule_id, secret_sealed) values (${workspaceId}, ${ruleId}, ${sealed})
    on conflict (workspace_id, rule_id) do update set secret_sealed = excluded.secret_sealed, created_at = now()
    returning created_at`.execute(tx)
  return rows[0]!.createdAt
}

/** Once for each thing that became of a firing. */
export async function insertCall(
  tx: Tx,
  workspaceId: string,
  call: { firingId: string; outcome: string; ruleId: string },
): Promise<void> {
  await sql`
    insert into trigger_call (workspace_id, firing_id, outcome, rule_id)
    values (${workspaceId}, ${call.firingId}, ${call.outcome}, ${call.ruleId}) on conflict do nothing`.execute(tx)
}

/** The tags that rules which fired in these visits give, by conversation. */
export async function findTagsDue(
  tx: Tx,
  workspaceId: string,
  visitIds: string[],
): Promise<{ conversationId: string; tags: { key: string; value: string }[] }[]> {
  if (visitIds.length === 0) return []
  const { rows } = await sql<{ conversationId: string; tags: { key: string; value: string }[] }>`
    select l.conversation_id, jsonb_agg(distinct t.tag) as tags
      from trigger_firing f
      join trigger_rule r on r.workspace_id = f.workspace_id and r.id = f.rule_id
      cross join lateral jsonb_array_elements(coalesce(r.rule -> 'tags', '[]')) t (tag)
      join lateral (select c.conversation_id from visit_conversation c
                     where c.workspace_id = f.workspace_id and c.visit_id = f.visit_id) l on true
     where f.workspace_id = ${workspaceId} and f.visit_id = any(${visitIds}::uuid[])
     group by l.conversation_id`.execute(tx)
  return rows
}

export interface ClaimedCall {
  workspaceId: string
  firingId: string
  outcome: string
}

export async function claimCalls(db: Db, limit: number, leaseSeconds: number): Promise<ClaimedCall[]> {
  const { rows } = await sql<ClaimedCall>`
    select workspace_id, firing_id, outcome from claim_trigger_calls(${limit}, make_interval(secs => ${leaseSeconds}))`.execute(
    db,
  )
  return rows
}

export interface CallToSend {
  attempts: number
  /** Null: the rule calls nobody any more. */
  url: string | null
  secretSealed: string | null
  ruleId: string
  ruleName: string
  version: number
  data: unknown
  at: Date
  visitId: string
  visitNumber: number
  landingUrl: string
  contactId: string | null
  conversationIds: string[]
}

/** What there is to tell now: nothing of a visit that was deleted. */
export async function findCall(tx: Tx, call: ClaimedCall): Promise<CallToSend | undefined> {
  const { rows } = await sql<CallToSend>`
    select c.attempts, r.rule ->> 'webhook' as url, g.secret_sealed, r.id as rule_id, f.name as rule_name, f.version, f.data, f.at,
           v.id as visit_id, v.number as visit_number, v.landing_url, v.contact_id,
           array(select l.conversation_id from visit_conversation l
                  where l.workspace_id = v.workspace_id and l.visit_id = v.id order by l.linked_at) as conversation_ids
      from trigger_call c
      join trigger_firing f on f.workspace_id = c.workspace_id and f.id = c.firing_id
      join trigger_rule r on r.workspace_id = c.workspace_id and r.id = c.rule_id
      join visit v on v.workspace_id = f.workspace_id and v.id = f.visit_id
      left join trigger_signing g on g.workspace_id = c.workspace_id and g.rule_id = c.rule_id
     where c.workspace_id = ${call.workspaceId} and c.firing_id = ${call.firingId} and c.outcome = ${call.outcome}
       and c.sent_at is null and c.failed_at is null`.execute(tx)
  return rows[0]
}

/** `againInSeconds` null: it is over. */
export async function noteCall(
  tx: Tx,
  { workspaceId, firingId, outcome }: ClaimedCall,
  problem: string | null,
  againInSeconds: number | null,
): Promise<void> {
  await sql`
    update trigger_call
       set problem = ${problem},
           sent_at = case when ${problem}::text is null then clock_timestamp() end,
           failed_at = case when ${problem}::text is not null and ${againInSeconds}::int is null then clock_timestamp() end,
           due_at = clock_timestamp() + make_interval(secs => coalesce(${againInSeconds}::int, 0))
     where workspace_id = ${workspaceId} and firing_id = ${firingId} and outcome = ${outcome}`.execute(tx)
}
