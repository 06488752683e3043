/** Stores a visit that is over, with everything in it: history that did not come by the tracker. */
import type { JsonValue } from '@earshot/contracts'
import type { Tx } from '../platform/db.ts'
import {
  insertEvents,
  insertVisit,
  linkConversation,
  type NewVisit,
  putFirings,
  putPages,
  touchVisit,
} from './queries.ts'
import { campaignOf, referrerHost } from './source.ts'

export interface PastVisit
  extends Pick<NewVisit, 'channelId' | 'visitor' | 'device' | 'browser' | 'os' | 'country' | 'city'> {
  contactId: string
  conversationId: string
  referrer: string | undefined
  pages: { url: string; title: string; at: Date; visibleMs: number; scroll: number }[]
  events: { kind: 'click' | 'form' | 'custom'; name: string; page: number; at: Date; data: Record<string, JsonValue> }[]
  firings: {
    rule: { id: string; name: string; version: number; action: string }
    outcome: 'shown' | 'accepted' | 'dismissed' | 'submitted'
    at: Date
    data: Record<string, JsonValue>
  }[]
}

export async function storePastVisit(tx: Tx, workspaceId: string, past: PastVisit): Promise<void> {
  const { pages, events, firings, conversationId, referrer, ...who } = past
  const [first] = pages
  if (!first) return
  const { id: visitId } = await insertVisit(tx, workspaceId, {
    ...who,
    number: 1,
    at: first.at,
    landingUrl: first.url,
    referrerHost: referrerHost(referrer, first.url),
    campaign: campaignOf(first.url),
  })
  const id = () => crypto.randomUUID()
  await putPages(
    tx,
    workspaceId,
    pages.map((page) => ({ ...page, id: id(), visitId })),
  )
  await insertEvents(
    tx,
    workspaceId,
    events.map(({ page, data, ...event }) => ({
      ...event,
      id: id(),
      visitId,
      url: pages[page]?.url ?? first.url,
      data: JSON.stringify(data),
    })),
  )
  await putFirings(
    tx,
    workspaceId,
    firings.map(({ rule, data, ...firing }) => ({
      ...firing,
      id: id(),
      visitId,
      ruleId: rule.id,
      name: rule.name,
      version: rule.version,
      action: rule.action,
      data: JSON.stringify(data),
    })),
  )
  const last = pages.at(-1)!
  await touchVisit(tx, workspaceId, visitId, new Date(last.at.getTime() + last.visibleMs))
  await linkConversation(tx, workspaceId, visitId, conversationId)
}
