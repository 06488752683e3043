/** Track: stores one batch of a visitor's browser. Sent again, it changes nothing. */
import { createHash } from 'node:crypto'
import type { Track, Tracked } from '@earshot/contracts'
import { noteContactActive } from '../contacts/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { goesOn } from './choose-visit.ts'
import type { Geo } from './geo/index.ts'
import {
  countParts,
  findKnownPages,
  findLinked,
  findNewestVisit,
  insertEvents,
  insertVisit,
  linkRunningConversation,
  lockVisitor,
  putFirings,
  putPages,
  touchVisit,
  type VisitRow,
} from './queries.ts'
import { findRulesById } from './queries-rules.ts'
import { setOff, tagConversations } from './set-off.ts'
import { campaignOf, pageAddress, referrerHost } from './source.ts'
import { describeBrowser } from './user-agent.ts'

declare module '../platform/context.ts' {
  interface Services {
    geo: Geo
  }
}

/** Pages, events and firings of one visit; whoever does more is no visitor, and the rest is not kept. */
const MAX_PARTS = 2000

export interface Seen {
  channelId: string
  userAgent: string
  address: string
}

interface Placed {
  id: string
  visitId: string
  url: string
}

/** Only a hash is stored: whoever reads the database cannot speak for a visitor. Another on every channel. */
export const hashVisitor = (channelId: string, key: string): Buffer =>
  createHash('sha256').update(`visitor\0${channelId}\0${key}`).digest()

export function trackVisit(ctx: Context, seen: Seen, batch: Track): Promise<Tracked> {
  const visitor = hashVisitor(seen.channelId, batch.visitor)
  return transact(ctx, async (tx) => {
    const now = await lockVisitor(tx, visitor)
    const before = (agoMs: number) => new Date(now.getTime() - agoMs)
    const { newest, pages, begun } = await placePages(tx, ctx, { seen, visitor, batch, before })
    if (!newest) return { stored: false, visit: null }
    const touched = [...new Set([...pages.values()].map((page) => page.visitId))]
    const room = new Set<string>()
    for (const id of touched) if ((await countParts(tx, ctx.workspaceId, id)) < MAX_PARTS) room.add(id)
    const tagging = await storeParts(tx, ctx, batch, { pages, room, before })
    for (const id of begun) await linkRunningConversation(tx, ctx.workspaceId, id)
    if (tagging.length > 0) await tagConversations(tx, ctx, tagging)
    const conversationIds = await findLinked(tx, ctx.workspaceId, touched)
    if (conversationIds.length > 0) await record(tx, ctx.workspaceId, { type: 'visit.changed', conversationIds })
    if (newest.contactId !== null) await noteContactActive(tx, ctx.workspaceId, newest.contactId)
    return { stored: true, visit: { id: newest.id, number: newest.number } }
  })
}

interface Placing {
  seen: Seen
  visitor: Buffer
  batch: Track
  before: (agoMs: number) => Date
}

/** Finds or begins the visit of every page, oldest page first. Pages of other visitors and of no website are left out. */
async function placePages(
  tx: Tx,
  ctx: Context,
  { seen, visitor, batch, before }: Placing,
): Promise<{ newest: VisitRow | undefined; pages: Map<string, Placed>; begun: string[] }> {
  const pages = new Map<string, Placed>()
  const begun: string[] = []
  let newest = await findNewestVisit(tx, ctx.workspaceId, visitor)
  const ids = batch.pages.map((page) => page.id)
  const known = new Map((await findKnownPages(tx, ctx.workspaceId, ids)).map((page) => [page.id, page]))
  for (const page of batch.pages.toSorted((a, b) => b.agoMs - a.agoMs)) {
    const url = pageAddress(page.url)
    const held = known.get(page.id)
    if (url === null || (held && !held.visitor.equals(visitor))) continue
    const at = before(page.agoMs)
    const lastAt = before(Math.min(page.agoMs, page.lastAgoMs ?? page.agoMs))
    if (!held && !goesOn(newest, { at, url })) {
      newest = await insertVisit(tx, ctx.workspaceId, {
        channelId: seen.channelId,
        visitor,
        contactId: newest?.contactId ?? null,
        number: (newest?.number ?? 0) + 1,
        at,
        landingUrl: url,
        referrerHost: referrerHost(page.referrer, url),
        campaign: campaignOf(url),
        ...describeBrowser(seen.userAgent, batch.hints),
        ...ctx.geo.find(seen.address),
      })
      begun.push(newest.id)
    }
    const visitId = held?.visitId ?? newest!.id
    pages.set(page.id, { id: page.id, visitId, url: held?.url ?? url })
    await touchVisit(tx, ctx.workspaceId, visitId, lastAt)
    if (newest && newest.id === visitId && lastAt > newest.lastAt) newest.lastAt = lastAt
  }
  return { newest, pages, begun }
}

interface Storing {
  pages: Map<string, Placed>
  /** Visits that may still grow. */
  room: Set<string>
  before: (agoMs: number) => Date
}

/** Answers the visits in which a rule that tags has fired. */
async function storeParts(tx: Tx, ctx: Context, batch: Track, { pages, room, before }: Storing): Promise<string[]> {
  const { workspaceId } = ctx
  const placeOf = (id: string): Placed | undefined => {
    const place = pages.get(id)
    return place && room.has(place.visitId) ? place : undefined
  }
  const newPages = new Map(
    batch.pages.flatMap(({ id, title, agoMs, visibleMs, scroll }) => {
      const place = placeOf(id)
      return place ? [[id, { ...place, title, at: before(agoMs), visibleMs, scroll }]] : []
    }),
  )
  await putPages(tx, workspaceId, [...newPages.values()])
  const events = batch.events.flatMap(({ id, pageId, kind, name, agoMs, data }) => {
    const place = placeOf(pageId)
    const { visitId, url } = place ?? {}
    if (visitId === undefined || url === undefined) return []
    return [{ id, visitId, kind, name, url, data: JSON.stringify(data), at: before(agoMs) }]
  })
  await insertEvents(tx, workspaceId, events)
  const rules = await findRulesById(tx, workspaceId, [...new Set(batch.firings.map((firing) => firing.ruleId))])
  const firings = batch.firings.flatMap(({ id, pageId, ruleId, outcome, data, agoMs }) => {
    const place = placeOf(pageId)
    const rule = rules.get(ruleId)
    if (!place || !rule) return []
    const { visitId } = place
    const { name, version, action } = rule
    return [{ id, visitId, ruleId, version, name, action, outcome, data: JSON.stringify(data), at: before(agoMs) }]
  })
  await putFirings(tx, workspaceId, firings)
  await setOff(tx, ctx, firings, rules)
  const tagging = firings.filter(({ ruleId, outcome }) => outcome === 'shown' && rules.get(ruleId)!.tags.length > 0)
  return [...new Set(tagging.map(({ visitId }) => visitId))]
}
