/** List, search and count conversations. */
import type {
  Conversation,
  ConversationCounts,
  listConversations as listEndpoint,
  SearchMatch,
} from '@earshot/contracts'
import type { z } from 'zod'
import { accessContact } from '../contacts/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { findConversations } from './queries.ts'
import { countFiltered } from './queries-count.ts'
import type { Filter } from './queries-filter.ts'
import { findAgentOrder, findPage, findViewCounts } from './queries-list.ts'
import { orderOf, refuseForged, writeCursor } from './queries-order.ts'
import { countHits, findHits, holdMoment, matchesOf } from './search/index.ts'
import { operatorOf } from './selection.ts'
import { viewConversation } from './view.ts'

export type ListQuery = z.output<typeof listEndpoint.query>
export type Hit = Conversation & { match?: SearchMatch }
export interface HitPage {
  items: Hit[]
  nextCursor: string | null
  /** The search ran out of time: the next page may hold more also when this one is not full. */
  partial?: true
}

/** A page in the asked order. With `q`, every hit says where it matched. */
export function listConversations(ctx: Context, query: ListQuery): Promise<HitPage> {
  const { sort, cursor, limit, ...filter } = query
  return transact(ctx, async (tx) => {
    if (filter.q !== undefined) await holdMoment(tx)
    const agents = sort.endsWith('agent') ? await findAgentOrder(tx, ctx.workspaceId) : []
    const order = orderOf(sort, cursor, filter, agents)
    const page = { workspaceId: ctx.workspaceId, me: operatorOf(ctx), filter, order }
    if (filter.q !== undefined) return searchPage(tx, { ...page, limit }).catch((error) => refuseForged(cursor, error))
    const rows = await findPage(tx, { ...page, limit: limit + 1 }).catch((error) => refuseForged(cursor, error))
    const items = rows.slice(0, limit).map((row) => viewConversation(row))
    const last = rows[limit - 1]
    return { items, nextCursor: rows.length > limit && last ? writeCursor(last.run, last.orderKeys) : null }
  })
}

async function searchPage(tx: Tx, page: Parameters<typeof findHits>[1]): Promise<HitPage> {
  const { term, ids, next, partial } = await findHits(tx, page)
  const found = ids.length > 0 ? await findConversations(tx, page.workspaceId, ids) : []
  const rows = new Map(found.map((row) => [row.id, row]))
  const matches = await matchesOf(tx, page.workspaceId, ids, term)
  const items = ids.flatMap((id) => {
    const row = rows.get(id)
    const match = matches.get(id)
    return row ? [{ ...viewConversation(row), ...(match ? { match } : {}) }] : []
  })
  return { items, nextCursor: next && writeCursor(next.run, next.keys), ...(partial ? { partial: true } : {}) }
}

/** Where the contact asked something before, newest first. */
export async function listOfContact(
  ctx: Context,
  contactId: string,
  page: Pick<ListQuery, 'limit' | 'cursor'>,
): Promise<HitPage> {
  await transact(ctx, (tx) => accessContact(tx, ctx, contactId))
  return listConversations(ctx, { ...page, sort: '-startedAt', contactId: [contactId] })
}

/** Exact counts of every preset view, and of the given filter. */
export function countConversations(ctx: Context, filter: Filter): Promise<ConversationCounts> {
  return transact(ctx, async (tx) => {
    if (filter.q !== undefined) await holdMoment(tx)
    const me = operatorOf(ctx)
    const counts = await findViewCounts(tx, ctx.workspaceId)
    const of = (key: string) => counts.get(key) ?? 0
    const views = {
      all: of('all'),
      open: of('open'),
      closed: of('closed'),
      transferred: of('transferred'),
      needs_human: of('needs_human'),
      reviewed: of('reviewed'),
      unread: of('unread'),
      mine: me ? of(`mine:${me}`) : 0,
    }
    const narrowed = Object.values(filter).some((value) => value !== undefined)
    if (filter.q !== undefined) {
      const { n, complete } = await countHits(tx, { workspaceId: ctx.workspaceId, me, filter })
      return { views, total: n, needsHuman: views.needs_human, ...(complete ? {} : { partial: true as const }) }
    }
    const total = narrowed ? await countFiltered(tx, ctx.workspaceId, filter, me) : views.all
    return { views, total, needsHuman: views.needs_human }
  })
}
