/** Lists of the queue: who waits, what is mine, who may answer. */
import { compareInQueue, type listQueue as endpoint, Id, type Operator, type QueueItem } from '@earshot/contracts'
import type { z } from 'zod'
import { findConversations } from '../conversations/index.ts'
import { isOpen, readSchedule } from '../hours/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { findItems, type ItemFilter, type ItemRow, type Place } from './queries-items.ts'
import { findHoldings, findOperators } from './queries-operators.ts'
import { findMemberships } from './queries-teams.ts'
import { readSettings } from './settings.ts'
import { viewItem, viewOperator } from './view.ts'

interface ListOf<T> {
  items: T[]
  nextCursor: null
}

/** Those of the conversations named that wait or are held, in the order of the queue. */
export const readItems = (tx: Tx, ctx: Context, ids: readonly string[]): Promise<QueueItem[]> =>
  readBy(tx, ctx, { ids })

async function readBy(tx: Tx, ctx: Context, filter: ItemFilter): Promise<QueueItem[]> {
  return viewAll(tx, ctx, await findItems(tx, ctx.workspaceId, filter))
}

async function viewAll(tx: Tx, ctx: Context, items: ItemRow[]): Promise<QueueItem[]> {
  if (items.length === 0) return []
  const rows = await findConversations(
    tx,
    ctx.workspaceId,
    items.map((item) => item.conversationId),
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  const now = await ctx.queue.now(tx)
  const closed = !isOpen(await readSchedule(tx, ctx.workspaceId), now.getTime())
  return items
    .flatMap((item) => {
      const row = byId.get(item.conversationId)
      return row ? [viewItem(item, row, closed)] : []
    })
    .sort(compareInQueue)
}

export function listQueue(
  ctx: Context,
  query: z.output<typeof endpoint.query>,
): Promise<{ items: QueueItem[]; nextCursor: string | null }> {
  const states = query.state ?? ['waiting', 'offered']
  const skills = query.skill?.map((skill) => skill.toLowerCase())
  const { teamId, limit, cursor } = query
  const after = placeOf(cursor)
  return transact(ctx, async (tx) => {
    const rows = await findItems(tx, ctx.workspaceId, { states, skills, teamId, after, limit })
    const nextCursor = rows.length === limit ? (rows.at(-1)?.cursor ?? null) : null
    return { items: await viewAll(tx, ctx, rows), nextCursor }
  })
}

const CURSOR = /^([1-4]) (infinity|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) ([0-9a-f-]{36})$/

function placeOf(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const [, rank, at = '', id = ''] = CURSOR.exec(cursor) ?? []
  if (rank && Id.safeParse(id).success && (at === 'infinity' || !Number.isNaN(Date.parse(at))))
    return { rank: Number(rank), at, id }
  throw new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'one that a page gave' }] })
}

export function listMine(ctx: Context): Promise<ListOf<QueueItem>> {
  return transact(ctx, async (tx) => {
    const me = ctx.actor.id
    const ids = (await findHoldings(tx, ctx.workspaceId, me ?? undefined)).map((holding) => holding.conversationId)
    const items = me && ids.length > 0 ? await readItems(tx, ctx, ids) : []
    return { items, nextCursor: null }
  })
}

export async function readOperators(tx: Tx, ctx: Context, ids?: readonly string[]): Promise<Operator[]> {
  const [rows, settings, holdings, memberships] = [
    await findOperators(tx, ctx.workspaceId, ids),
    await readSettings(tx, ctx.workspaceId),
    await findHoldings(tx, ctx.workspaceId),
    await findMemberships(tx, ctx.workspaceId),
  ]
  return rows.map((row) => viewOperator(row, { settings, holdings, memberships }))
}

export function listOperators(ctx: Context): Promise<ListOf<Operator>> {
  return transact(ctx, async (tx) => ({ items: await readOperators(tx, ctx), nextCursor: null }))
}

export async function readOperator(tx: Tx, ctx: Context, id: string): Promise<Operator> {
  const [operator] = await readOperators(tx, ctx, [id])
  if (!operator) throw new AppError('member.not_found')
  return operator
}
