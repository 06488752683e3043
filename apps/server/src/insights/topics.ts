/** What conversations are about, over time, and how many of them reach a person. */
import type { listTopics as endpoint, Topic, Transfers } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../platform/context.ts'
import { bucketDaysOf, bucketOf } from './list-questions.ts'
import { findTopics, findTransferShares, findTransfers } from './queries-topics.ts'

const MOST_TOPICS = 12

type Wanted = z.output<typeof endpoint.query>

export function listTopics(ctx: Context, wanted: Wanted): Promise<z.input<typeof endpoint.reply>> {
  const { days } = wanted
  return transact(ctx, async (tx) => {
    const topics = new Map<string, Topic>()
    for (const { kind, name, bucket, count } of await findTopics(tx, ctx.workspaceId, wanted, bucketDaysOf(days))) {
      const key = `${kind} ${name}`
      const topic = topics.get(key) ?? { kind, name, count: 0, before: 0, trend: emptyTrend(days, 0) }
      topics.set(key, topic)
      if (bucket === null) topic.before += count
      else {
        topic.count += count
        topic.trend[bucket]! += count
      }
    }
    const items = [...topics.values()].filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)
    return { items: items.slice(0, MOST_TOPICS), bucket: bucketOf(days), nextCursor: null }
  })
}

const emptyTrend = <T>(days: number, value: T): T[] => new Array<T>(Math.ceil(days / bucketDaysOf(days))).fill(value)

export function getTransfers(ctx: Context, wanted: Wanted): Promise<Transfers> {
  const { days } = wanted
  return transact(ctx, async (tx) => {
    const rows = await findTransfers(tx, ctx.workspaceId, wanted, bucketDaysOf(days))
    const shares = await findTransferShares(tx, ctx.workspaceId, wanted)
    const trend = emptyTrend(days, null).map((_, at) => {
      const row = rows.find(({ bucket }) => bucket === at)
      return { conversations: row?.conversations ?? 0, transferred: row?.transferred ?? 0 }
    })
    const before = rows.find(({ bucket }) => bucket === null)
    const total = (key: 'conversations' | 'transferred') => trend.reduce((sum, one) => sum + one[key], 0)
    const sharesOf = (what: 'reason' | 'target') =>
      shares.filter((share) => share.what === what).map(({ name, count }) => ({ name, count }))
    return {
      conversations: total('conversations'),
      transferred: total('transferred'),
      before: { conversations: before?.conversations ?? 0, transferred: before?.transferred ?? 0 },
      trend,
      bucket: bucketOf(days),
      reasons: sharesOf('reason'),
      targets: sharesOf('target'),
    }
  })
}
