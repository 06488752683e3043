/** A contact's emotions over time: what the review found in each message, and what the analyser hears in those after it. */
import { EMPTY_LIVE_STATE } from '@earshot/analysis'
import type { EmotionsOverTime } from '@earshot/contracts'
import { accessConversation } from '../../conversations/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import { findReviews } from '../queries.ts'
import { snapshotEntry } from '../snapshot.ts'
import { countSaid, findSaid } from './queries-emotions.ts'

const MOST = 200
const MOST_EMOTIONS = 3

export function getEmotions(ctx: Context, id: string): Promise<EmotionsOverTime> {
  return transact(ctx, async (tx) => {
    await accessConversation(tx, ctx, id)
    const [review] = await findReviews(tx, ctx.workspaceId, id, 1)
    const known = review?.analysis.raw.sentiment.perMessage ?? {}
    const said = await findSaid(tx, ctx.workspaceId, id, MOST)
    let state = EMPTY_LIVE_STATE
    const items = said.flatMap((entry) => {
      const heard = known[String(entry.position)] ? null : ctx.analyzer.observe?.(snapshotEntry(entry), state)
      if (heard) state = heard.state
      const tone = known[String(entry.position)] ?? heard?.messageTone
      if (!tone) return []
      const emotions = [...tone.emotions].sort((a, b) => b.score - a.score).slice(0, MOST_EMOTIONS)
      return [{ position: entry.position, at: entry.at.toISOString(), polarity: tone.polarity, emotions }]
    })
    return { items, total: await countSaid(tx, ctx.workspaceId, id) }
  })
}
