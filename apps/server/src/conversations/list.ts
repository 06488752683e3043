/** List, search and count conversations. */
import type { Conversation, ConversationCounts, listConversations as listEndpoint } from '@earshot/contracts'
import type { z } from 'zod'
import { accessContact } from '../contacts/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { countFiltered } from './queries-count.ts'
import type { Filter } from './queries-filter.ts'
import { findAgentOrder, findPage, findViewCounts } from './queries-list.ts'
import { orderOf, refuseForged, writeCursor } from './queries-order.ts'
import { operatorOf } from './selection.ts'
import { viewConversation } from './view.ts'

export type ListQuery = z.output<typeof listEndpoint.query>
export type Hit = Conversation & { match?: { position: number | null; snippet: string } }

/** A page in the asked order. With `q`, every hit says where it matched. */
export function listConversations(
  ctx: Context,
  query: ListQuery,
): Promise<{ items: Hit[]; nextCursor: string | null }> {
  const { sort, cursor, limit, ...filter } = query
  return transact(ctx, async (tx) => {
    const agents = sort.endsWith('agent') ? await findAgentOrder(tx, ctx.workspaceId) : []
    const order = orderOf(sort, cursor, filter, agents)
    const rows = await findPage(tx, {
      workspaceId: ctx.workspaceId,
      me: operatorOf(ctx),
      filter,
      order,
      limit: limit + 1,
    }).catch((error) => refuseForged(cursor, error))
    const items = rows.slice(0, limit).map((row) => ({
      ...viewConversation(row),
      ...(row.snippet === null || row.snippet === undefined
        ? {}
        : { match: { position: row.matchPosition, snippet: row.snippet } }),
    }))
    const last = rows[limit - 1]
    return { items, nextCursor: rows.length > limit && last ? writeCursor(last.run, last.orderKeys) : null }
  })
}

/** Where the contact asked something before, newest first. */
export async function listOfContact(
  ctx: Context,
  contactId: string,
  page: Pick<ListQuery, 'limit' | 'cursor'>,
): Promise<{ items: Hit[]; nextCursor: string | null }> {
  await transact(ctx, (tx) => accessContact(tx, ctx, contactId))
  return listConversations(ctx, { ...page, sort: '-startedAt', contactId: [contactId] })
}

/** Exact counts of every preset view, and of the given filter. */
export function countConversations(ctx: Context, filter: Filter): Promise<ConversationCounts> {
  return transact(ctx, async (tx) => {
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
    const total = narrowed ? await countFiltered(tx, ctx.workspaceId, filter, me) : views.all
    return { views, total, needsHuman: views.needs_human }
  })
}
