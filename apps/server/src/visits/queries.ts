/** SQL of visits as the tracker writes them. */
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'
import type { Campaign } from './source.ts'

export type VisitRow = Selectable<Tables['visit']>

/** Batches of one visitor come one after the other, however many tabs send them; answers the time that counts. */
export async function lockVisitor(tx: Tx, visitor: Buffer): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`
    select now() as now from (select pg_advisory_xact_lock(hashtextextended(${visitor.toString('hex')}, 11))) l`.execute(
    tx,
  )
  return rows[0]!.now
}

export function findNewestVisit(tx: Tx, workspaceId: string, visitor: Buffer): Promise<VisitRow | undefined> {
  return tx
    .selectFrom('visit')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('visitor', '=', visitor)
    .orderBy('lastAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Pages that were told of before: the visit each belongs to, and whose it is. */
export async function findKnownPages(
  tx: Tx,
  workspaceId: string,
  ids: string[],
): Promise<{ id: string; visitId: string; url: string; visitor: Buffer }[]> {
  return tx
    .selectFrom('pageView as p')
    .innerJoin('visit as v', (j) => j.onRef('v.workspaceId', '=', 'p.workspaceId').onRef('v.id', '=', 'p.visitId'))
    .where('p.workspaceId', '=', workspaceId)
    .where('p.id', 'in', ids)
    .select(['p.id', 'p.visitId', 'p.url', 'v.visitor'])
    .execute()
}

export interface NewVisit {
  channelId: string
  visitor: Buffer
  contactId: string | null
  number: number
  at: Date
  landingUrl: string
  referrerHost: string | null
  campaign: Campaign
  device: string
  browser: string | null
  os: string | null
  country: string | null
  city: string | null
}

export function insertVisit(tx: Tx, workspaceId: string, visit: NewVisit): Promise<VisitRow> {
  const { at, campaign, ...rest } = visit
  return tx
    .insertInto('visit')
    .values({
      workspaceId,
      ...rest,
      startedAt: at,
      lastAt: at,
      utmSource: campaign.source,
      utmMedium: campaign.medium,
      utmCampaign: campaign.campaign,
      utmTerm: campaign.term,
      utmContent: campaign.content,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export interface NewPage {
  id: string
  visitId: string
  url: string
  title: string
  at: Date
  visibleMs: number
  scroll: number
}

/** Told again, a page keeps its beginning and takes the larger numbers. */
export async function putPages(tx: Tx, workspaceId: string, pages: NewPage[]): Promise<void> {
  if (pages.length === 0) return
  await tx
    .insertInto('pageView')
    .values(pages.map((page) => ({ workspaceId, ...page })))
    .onConflict((conflict) =>
      conflict.columns(['workspaceId', 'id']).doUpdateSet({
        title: sql`coalesce(nullif(excluded.title, ''), page_view.title)`,
        visibleMs: sql`greatest(page_view.visible_ms, excluded.visible_ms)`,
        scroll: sql`greatest(page_view.scroll, excluded.scroll)`,
      }),
    )
    .execute()
}

export interface NewEvent {
  id: string
  visitId: string
  kind: 'click' | 'form' | 'custom'
  name: string
  url: string
  data: string
  at: Date
}

export async function insertEvents(tx: Tx, workspaceId: string, events: NewEvent[]): Promise<void> {
  if (events.length === 0) return
  await tx
    .insertInto('visitEvent')
    .values(events.map((event) => ({ workspaceId, ...event })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export interface NewFiring {
  id: string
  visitId: string
  ruleId: string
  version: number
  name: string
  action: string
  outcome: string
  data: string
  at: Date
}

/** Told again, a firing takes how it ended; one of another visit stays as it is. */
export async function putFirings(tx: Tx, workspaceId: string, firings: NewFiring[]): Promise<void> {
  for (const firing of firings) {
    await tx
      .insertInto('triggerFiring')
      .values({ workspaceId, ...firing })
      .onConflict((conflict) =>
        conflict
          .columns(['workspaceId', 'id'])
          .doUpdateSet({ outcome: sql`excluded.outcome`, data: sql`trigger_firing.data || excluded.data` })
          .where('triggerFiring.visitId', '=', firing.visitId)
          .where('triggerFiring.outcome', '=', 'shown'),
      )
      .execute()
  }
}

export async function countParts(tx: Tx, workspaceId: string, visitId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from page_view where workspace_id = ${workspaceId} and visit_id = ${visitId})
         + (select count(*) from visit_event where workspace_id = ${workspaceId} and visit_id = ${visitId})
         + (select count(*) from trigger_firing where workspace_id = ${workspaceId} and visit_id = ${visitId}) as count`.execute(
    tx,
  )
  return Number(rows[0]!.count)
}

export async function touchVisit(tx: Tx, workspaceId: string, id: string, at: Date): Promise<void> {
  await sql`update visit set last_at = greatest(last_at, ${at}) where workspace_id = ${workspaceId} and id = ${id}`.execute(
    tx,
  )
}

/** From now on, and for what came before: the visits of this browser are the contact's. */
export async function nameVisitor(tx: Tx, workspaceId: string, visitor: Buffer, contactId: string): Promise<void> {
  await tx
    .updateTable('visit')
    .set({ contactId })
    .where('workspaceId', '=', workspaceId)
    .where('visitor', '=', visitor)
    .where('contactId', 'is', null)
    .execute()
}

export async function linkConversation(
  tx: Tx,
  workspaceId: string,
  visitId: string,
  conversationId: string,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('visitConversation')
    .values({ workspaceId, visitId, conversationId })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0) > 0
}

/** A conversation that is still going on goes on in the visitor's next visit. */
export async function linkRunningConversation(tx: Tx, workspaceId: string, visitId: string): Promise<void> {
  await sql`
    insert into visit_conversation (workspace_id, conversation_id, visit_id)
    select v.workspace_id, c.id, v.id from visit v
      join conversation c on c.workspace_id = v.workspace_id and c.contact_id = v.contact_id and c.channel_id = v.channel_id
       and c.status = 'active'
     where v.workspace_id = ${workspaceId} and v.id = ${visitId}
     order by c.started_at desc limit 1
    on conflict do nothing`.execute(tx)
}

export async function findLinked(tx: Tx, workspaceId: string, visitIds: string[]): Promise<string[]> {
  if (visitIds.length === 0) return []
  const rows = await tx
    .selectFrom('visitConversation')
    .select('conversationId')
    .distinct()
    .where('workspaceId', '=', workspaceId)
    .where('visitId', 'in', visitIds)
    .execute()
  return rows.map((row) => row.conversationId)
}
