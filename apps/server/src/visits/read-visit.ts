/** Read: the visit behind a conversation, as operators see it. */
import type { ConversationVisit, JsonValue, PageView, TriggerFiring, Visit, VisitEvent } from '@earshot/contracts'
import { accessConversation } from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import {
  findEvents,
  findFirings,
  findPages,
  findVisitOfContact,
  findVisitOfConversation,
  findVisitsOfContact,
  type ReadVisit,
} from './queries-read.ts'
import { trafficSource } from './source.ts'

export function readVisit(ctx: Context, conversationId: string, visitId?: string): Promise<ConversationVisit> {
  return transact(ctx, async (tx) => {
    const { workspaceId } = ctx
    const { contactId } = await accessConversation(tx, ctx, conversationId)
    const visit = visitId
      ? await findVisitOfContact(tx, workspaceId, visitId, contactId)
      : await findVisitOfConversation(tx, workspaceId, conversationId)
    if (!visit && visitId) throw new AppError('visit.not_found')
    const others = (await findVisitsOfContact(tx, workspaceId, contactId)).filter(({ id }) => id !== visit?.id)
    const parts = visit ? await readParts(tx, workspaceId, visit.id) : { pageViews: [], events: [], triggers: [] }
    return { visit: visit ? viewVisit(visit) : null, ...parts, others: others.slice(0, 50).map(viewHead) }
  })
}

type Tx = Parameters<typeof findPages>[0]

async function readParts(
  tx: Tx,
  workspaceId: string,
  visitId: string,
): Promise<{ pageViews: PageView[]; events: VisitEvent[]; triggers: TriggerFiring[] }> {
  const pages = await findPages(tx, workspaceId, visitId)
  const events = await findEvents(tx, workspaceId, visitId)
  const firings = await findFirings(tx, workspaceId, visitId)
  const data = (value: unknown) => value as Record<string, JsonValue>
  return {
    pageViews: pages.toReversed().map(({ id, url, title, at, visibleMs, scroll }) => ({
      id,
      url,
      title,
      at: at.toISOString(),
      visibleMs,
      scroll,
    })),
    events: events.toReversed().map((event) => ({
      id: event.id,
      kind: event.kind as VisitEvent['kind'],
      name: event.name,
      url: event.url,
      at: event.at.toISOString(),
      data: data(event.data),
    })),
    triggers: firings.toReversed().map((firing) => ({
      id: firing.id,
      ruleId: firing.rule,
      name: firing.name,
      action: firing.action as TriggerFiring['action'],
      outcome: firing.outcome as TriggerFiring['outcome'],
      version: firing.version,
      at: firing.at.toISOString(),
      data: data(firing.data),
    })),
  }
}

function viewHead(visit: ReadVisit): ConversationVisit['others'][number] {
  return {
    id: visit.id,
    number: visit.number,
    startedAt: visit.startedAt.toISOString(),
    lastAt: visit.lastAt.toISOString(),
    durationMs: Math.max(0, visit.lastAt.getTime() - visit.startedAt.getTime()),
    pages: visit.pages,
    trafficSource: trafficSource(visit.utmSource, visit.referrerHost),
  }
}

function viewVisit(visit: ReadVisit): Visit {
  return {
    ...viewHead(visit),
    device: visit.device as Visit['device'],
    browser: visit.browser,
    os: visit.os,
    country: visit.country,
    city: visit.city,
    landingUrl: visit.landingUrl,
    referrerHost: visit.referrerHost,
    utm: {
      source: visit.utmSource,
      medium: visit.utmMedium,
      campaign: visit.utmCampaign,
      term: visit.utmTerm,
      content: visit.utmContent,
    },
    activeMs: Number(visit.activeMs),
    bounce: visit.pages <= 1 && visit.eventCount === 0 && !visit.chatted,
  }
}
