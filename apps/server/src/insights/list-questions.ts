/** Read unanswered questions: the list, one, and every asking of one. */
import type {
  Asking,
  ChannelKind,
  getUnanswered,
  listUnanswered,
  QuestionState,
  UnansweredQuestion,
} from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { type AskingRow, findAskings } from './queries.ts'
import {
  countStates,
  findAgentNames,
  findQuestions,
  findTrends,
  findWordings,
  type ListedRow,
  type Period,
} from './queries-list.ts'

/** Beyond so many days the trend is drawn by weeks. */
const MOST_DAYS_BY_DAY = 31
const EXAMPLES = 3

export const bucketDaysOf = (days: number): number => (days > MOST_DAYS_BY_DAY ? 7 : 1)
export const bucketOf = (days: number): 'day' | 'week' => (bucketDaysOf(days) === 7 ? 'week' : 'day')

type Wanted = z.output<typeof listUnanswered.query>

export function listQuestions(ctx: Context, wanted: Wanted): Promise<z.input<typeof listUnanswered.reply>> {
  const { limit, cursor, state, ...period } = wanted
  const states: QuestionState[] = state ?? ['open', 'drafted']
  return transact(ctx, async (tx) => {
    const after = cursor === undefined ? undefined : readCursor(cursor)
    const rows = await findQuestions(tx, ctx.workspaceId, { ...period, states, after, limit })
    const last = rows.length === limit ? rows.at(-1) : undefined
    const counts = await countStates(tx, ctx.workspaceId, period)
    return {
      items: await view(tx, ctx, rows, period),
      nextCursor: last ? `${last.count}.${last.id}` : null,
      counts: { open: 0, drafted: 0, answered: 0, dismissed: 0, ...counts },
      bucket: bucketOf(period.days),
    }
  })
}

export function getQuestion(
  ctx: Context,
  id: string,
  { days }: z.output<typeof getUnanswered.query>,
): Promise<UnansweredQuestion> {
  return transact(ctx, (tx) => viewQuestion(tx, ctx, id, days))
}

export async function viewQuestion(tx: Tx, ctx: Context, id: string, days = 28): Promise<UnansweredQuestion> {
  const rows = await findQuestions(tx, ctx.workspaceId, { days, states: null, id, limit: 1 })
  const [one] = await view(tx, ctx, rows, { days })
  if (!one) throw new AppError('question.not_found')
  return one
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function readCursor(cursor: string): { count: number; id: string } {
  const [count = '', id = ''] = cursor.split('.')
  if (!/^\d{1,9}$/.test(count) || !UUID.test(id)) throw noCursor()
  return { count: Number(count), id }
}

const noCursor = () =>
  new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'not a cursor of this list' }] })

async function view(tx: Tx, ctx: Context, rows: ListedRow[], period: Period): Promise<UnansweredQuestion[]> {
  const { workspaceId } = ctx
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return []
  const bucketDays = bucketDaysOf(period.days)
  const trends = await findTrends(tx, workspaceId, { period, ids, bucketDays })
  const wordings = await findWordings(tx, workspaceId, ids, EXAMPLES + 1)
  const agents = await findAgentNames(tx, workspaceId, [...new Set(rows.flatMap(({ agentIds }) => agentIds))])
  return rows.map((row): UnansweredQuestion => {
    const trend = new Array<number>(Math.ceil(period.days / bucketDays)).fill(0)
    for (const { id, bucket, count } of trends) if (id === row.id) trend[Math.max(0, bucket)]! += count
    const said = wordings.filter(({ id }) => id === row.id).map(({ question }) => question)
    const question = row.question ?? said[0] ?? ''
    return {
      id: row.id,
      question,
      named: row.question !== null,
      state: row.state,
      reopenedAt: row.reopenedAt?.toISOString() ?? null,
      dismissedFor: row.dismissedFor,
      settledBy: row.settledBy,
      article: row.articleId ? { id: row.articleId, title: row.articleTitle!, status: row.articleStatus! } : null,
      count: row.count,
      before: row.before,
      total: row.total,
      trend,
      languages: row.languages,
      agents: row.agentIds.flatMap((id) => (agents.has(id) ? [{ id, name: agents.get(id)! }] : [])),
      channels: row.channels as ChannelKind[],
      examples: said.filter((one) => one !== question).slice(0, EXAMPLES),
      firstAt: row.firstAt.toISOString(),
      lastAt: row.lastAt.toISOString(),
      replay: row.replayId && row.replayAgentId ? { id: row.replayId, agentId: row.replayAgentId } : null,
    }
  })
}

export function listAskings(
  ctx: Context,
  id: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: Asking[]; nextCursor: string | null }> {
  return transact(ctx, async (tx) => {
    await viewQuestion(tx, ctx, id)
    const rows = await findAskings(tx, ctx.workspaceId, id, { before: readPlace(cursor), limit })
    const last = rows.length === limit ? rows.at(-1) : undefined
    return { items: rows.map(viewAsking), nextCursor: last ? `${last.at.toISOString()}_${last.id}` : null }
  })
}

function readPlace(cursor: string | undefined): { at: string; id: string } | undefined {
  if (cursor === undefined) return undefined
  const [at = '', id = ''] = cursor.split('_')
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(at) || Number.isNaN(Date.parse(at)) || !UUID.test(id))
    throw noCursor()
  return { at, id }
}

const viewAsking = ({ at, agentId: _, channel, ...row }: AskingRow): Asking => ({
  ...row,
  channel: channel as ChannelKind,
  at: at.toISOString(),
})
