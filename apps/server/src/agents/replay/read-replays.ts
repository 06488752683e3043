/** Read replays: how far they have come, and the answers side by side. */
import type { Replay, ReplayedConversation } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { accessAgent } from '../access.ts'
import { findReplay, findReplayed, findReplays, type ReplayedRow, type ToldReplay } from './queries-replay.ts'
import { summaryIn } from './summary.ts'

interface Page {
  limit: number
  cursor?: string | undefined
}

export function getReplay(ctx: Context, agentId: string, id: string): Promise<Replay> {
  return transact(ctx, async (tx) => viewReplay(await accessReplay(tx, ctx, agentId, id)))
}

export function listReplays(
  ctx: Context,
  agentId: string,
  { limit, cursor }: Page,
): Promise<{ items: Replay[]; nextCursor: string | null }> {
  if (cursor !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor)) throw noCursor()
  return transact(ctx, async (tx) => {
    await accessAgent(tx, ctx, agentId)
    const rows = await findReplays(tx, ctx.workspaceId, agentId, { before: cursor, limit })
    return { items: rows.map(viewReplay), nextCursor: rows.length === limit ? rows.at(-1)!.id : null }
  })
}

export function listReplayed(
  ctx: Context,
  agentId: string,
  id: string,
  { limit, cursor }: Page,
): Promise<{ items: ReplayedConversation[]; nextCursor: string | null }> {
  if (cursor !== undefined && !/^\d{1,6}$/.test(cursor)) throw noCursor()
  return transact(ctx, async (tx) => {
    await accessReplay(tx, ctx, agentId, id)
    const rows = await findReplayed(tx, ctx.workspaceId, id, { after: Number(cursor ?? 0), limit })
    return { items: rows.map(viewReplayed), nextCursor: rows.length === limit ? String(rows.at(-1)!.ordinal) : null }
  })
}

async function accessReplay(tx: Tx, ctx: Context, agentId: string, id: string): Promise<ToldReplay> {
  const row = await findReplay(tx, ctx.workspaceId, agentId, id)
  if (!row) throw new AppError('replay.not_found')
  return row
}

const noCursor = () =>
  new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'not a cursor of this list' }] })

export const viewReplay = (row: ToldReplay): Replay => ({
  id: row.id,
  agentId: row.agentId,
  version: row.version,
  jobId: row.jobId,
  state: row.state,
  done: row.done,
  total: row.total ?? 0,
  createdAt: row.createdAt.toISOString(),
  createdBy: row.byName,
  summary: summaryIn(row.result),
})

const viewReplayed = ({ ordinal: _, startedAt, ...row }: ReplayedRow): ReplayedConversation => ({
  ...row,
  startedAt: startedAt.toISOString(),
})
