/** SQL of visits as operators read them. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { VisitRow } from './queries.ts'

export type ReadVisit = VisitRow & { pages: number; eventCount: number; activeMs: number; chatted: boolean }

const MOST = 500
const OTHERS = 50

const visitsOf = (tx: Tx, workspaceId: string) =>
  tx
    .selectFrom('visit as v')
    .selectAll('v')
    .select([
      sql<number>`(select count(*)::int from page_view p where p.workspace_id = v.workspace_id and p.visit_id = v.id)`.as(
        'pages',
      ),
      sql<number>`(select count(*)::int from visit_event e where e.workspace_id = v.workspace_id and e.visit_id = v.id)`.as(
        'eventCount',
      ),
      sql<number>`(select coalesce(sum(p.visible_ms), 0)::bigint from page_view p where p.workspace_id = v.workspace_id and p.visit_id = v.id)`.as(
        'activeMs',
      ),
      sql<boolean>`exists (select from visit_conversation c where c.workspace_id = v.workspace_id and c.visit_id = v.id)`.as(
        'chatted',
      ),
    ])
    .where('v.workspaceId', '=', workspaceId)

/** The newest visit in which somebody spoke in this conversation. */
export function findVisitOfConversation(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
): Promise<ReadVisit | undefined> {
  return visitsOf(tx, workspaceId)
    .innerJoin('visitConversation as l', (j) =>
      j.onRef('l.workspaceId', '=', 'v.workspaceId').onRef('l.visitId', '=', 'v.id'),
    )
    .where('l.conversationId', '=', conversationId)
    .orderBy('v.lastAt', 'desc')
    .orderBy('v.id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export function findVisitOfContact(
  tx: Tx,
  workspaceId: string,
  id: string,
  contactId: string,
): Promise<ReadVisit | undefined> {
  return visitsOf(tx, workspaceId).where('v.id', '=', id).where('v.contactId', '=', contactId).executeTakeFirst()
}

export function findVisitsOfContact(tx: Tx, workspaceId: string, contactId: string): Promise<ReadVisit[]> {
  return visitsOf(tx, workspaceId)
    .where('v.contactId', '=', contactId)
    .orderBy('v.startedAt', 'desc')
    .orderBy('v.id', 'desc')
    .limit(OTHERS + 1)
    .execute()
}

export function findPages(tx: Tx, workspaceId: string, visitId: string) {
  return tx
    .selectFrom('pageView')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('visitId', '=', visitId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute()
}

export function findEvents(tx: Tx, workspaceId: string, visitId: string) {
  return tx
    .selectFrom('visitEvent')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('visitId', '=', visitId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute()
}

export function findFirings(tx: Tx, workspaceId: string, visitId: string) {
  return tx
    .selectFrom('triggerFiring as f')
    .leftJoin('triggerRule as r', (j) => j.onRef('r.workspaceId', '=', 'f.workspaceId').onRef('r.id', '=', 'f.ruleId'))
    .selectAll('f')
    .select('r.id as rule')
    .where('f.workspaceId', '=', workspaceId)
    .where('f.visitId', '=', visitId)
    .orderBy('f.at', 'desc')
    .orderBy('f.id', 'desc')
    .limit(MOST)
    .execute()
}
