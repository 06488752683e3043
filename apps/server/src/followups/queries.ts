/** SQL of follow-up plans, of the steps they took, of who wants none, and of the settings. */
import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export type PlanRow = Selectable<Tables['followUpPlan']>
export type ShownPlan = PlanRow & { sent: number; lastSentAt: Date | null }

export function findPlans(tx: Tx, workspaceId: string, id?: string): Promise<ShownPlan[]> {
  return tx
    .selectFrom('followUpPlan as p')
    .selectAll('p')
    .select([
      sql<number>`(select count(*)::int from follow_up_step s where s.workspace_id = p.workspace_id and s.plan_id = p.id and s.position is not null)`.as(
        'sent',
      ),
      sql<Date | null>`(select max(s.at) from follow_up_step s where s.workspace_id = p.workspace_id and s.plan_id = p.id and s.position is not null)`.as(
        'lastSentAt',
      ),
    ])
    .where('p.workspaceId', '=', workspaceId)
    .$if(id !== undefined, (query) => query.where('p.id', '=', id!))
    .orderBy('p.id')
    .execute()
}

export function findPlan(tx: Tx, workspaceId: string, id: string): Promise<PlanRow | undefined> {
  return tx
    .selectFrom('followUpPlan')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Shared, so that steps of many conversations are taken at once, and a switch waits for those that run. */
export function holdPlan(tx: Tx, workspaceId: string, id: string): Promise<PlanRow | undefined> {
  return tx
    .selectFrom('followUpPlan')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst()
}

export type PlanContent = Pick<
  PlanRow,
  'kind' | 'name' | 'agentIds' | 'channelIds' | 'stages' | 'endDo' | 'endAfter' | 'inHours'
> & { steps: string }

export async function insertPlan(tx: Tx, workspaceId: string, content: PlanContent): Promise<string> {
  const { id } = await tx
    .insertInto('followUpPlan')
    .values({ workspaceId, ...content })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function updatePlan(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: Partial<PlanContent> & { enabled: boolean },
): Promise<void> {
  await tx.updateTable('followUpPlan').set(change).where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

export async function removePlan(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('followUpPlan').where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

export type NewStep = Omit<Selectable<Tables['followUpStep']>, 'at'>

/** False when this very step was taken before. */
export async function insertStep(tx: Tx, step: NewStep): Promise<boolean> {
  const row = await tx
    .insertInto('followUpStep')
    .values(step)
    .onConflict((oc) => oc.doNothing())
    .returning('step')
    .executeTakeFirst()
  return row !== undefined
}

export async function nameEntryOfStep(tx: Tx, step: NewStep): Promise<void> {
  await tx
    .updateTable('followUpStep')
    .set({ position: step.position })
    .where('workspaceId', '=', step.workspaceId)
    .where('conversationId', '=', step.conversationId)
    .where('planId', '=', step.planId)
    .where('base', '=', step.base)
    .where('step', '=', step.step)
    .execute()
}

export interface TakenStep {
  conversationId: string
  contactId: string
  contactName: string | null
  step: number
  outcome: 'sent' | 'too_late'
  position: number | null
  at: Date
  answered: boolean
}

export async function findSteps(
  tx: Tx,
  workspaceId: string,
  planId: string,
  page: { before: string | null; limit: number },
): Promise<(TakenStep & { cursor: string })[]> {
  const { rows } = await sql<TakenStep & { cursor: string }>`
    select s.conversation_id, c.contact_id, ct.name as contact_name, s.step, s.outcome, s.position, s.at, c.contact_messages > s.base as answered,
           to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' ' || s.conversation_id as cursor
      from follow_up_step s
      join conversation c on c.workspace_id = s.workspace_id and c.id = s.conversation_id
      join contact ct on ct.workspace_id = c.workspace_id and ct.id = c.contact_id
     where s.workspace_id = ${workspaceId} and s.plan_id = ${planId}
       and (${page.before}::text is null or (s.at, s.conversation_id) < (split_part(${page.before}, ' ', 1)::timestamptz, split_part(${page.before}, ' ', 2)::uuid))
     order by s.at desc, s.conversation_id desc limit ${page.limit}`.execute(tx)
  return rows
}

export type OptOutRow = Selectable<Tables['followUpOptOut']>

export function findOptOut(tx: Tx, workspaceId: string, contactId: string): Promise<OptOutRow | undefined> {
  return tx
    .selectFrom('followUpOptOut')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('contactId', '=', contactId)
    .executeTakeFirst()
}

export async function putOptOut(
  tx: Tx,
  workspaceId: string,
  contactId: string,
  by: { byKind: string; byName: string | null },
): Promise<void> {
  await tx
    .insertInto('followUpOptOut')
    .values({ workspaceId, contactId, ...by })
    .onConflict((oc) => oc.doNothing())
    .execute()
}

export async function removeOptOut(tx: Tx, workspaceId: string, contactId: string): Promise<void> {
  await tx
    .deleteFrom('followUpOptOut')
    .where('workspaceId', '=', workspaceId)
    .where('contactId', '=', contactId)
    .execute()
}

export async function readResumeAfter(tx: Tx, workspaceId: string): Promise<number | null> {
  const row = await tx
    .selectFrom('followUpSetting')
    .select('resumeAfter')
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst()
  return row?.resumeAfter ?? null
}

export async function putResumeAfter(tx: Tx, workspaceId: string, resumeAfter: number | null): Promise<void> {
  await tx
    .insertInto('followUpSetting')
    .values({ workspaceId, resumeAfter })
    .onConflict((oc) => oc.column('workspaceId').doUpdateSet({ resumeAfter }))
    .execute()
}

/** Across workspaces; each is then looked at inside its own walls. */
export async function findWorkspaces(db: Db): Promise<string[]> {
  const { rows } = await sql<{ workspaceId: string }>`select workspace_id from find_follow_up_workspaces()`.execute(db)
  return rows.map(({ workspaceId }) => workspaceId)
}
