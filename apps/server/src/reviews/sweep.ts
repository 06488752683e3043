/** The sweep: reviews what has been quiet long enough, by the database's clock. There is no timer per message. */
import { asSystem, type Services } from '../platform/context.ts'
import { type Due, findDue } from './queries.ts'
import { reviewConversation } from './review-conversation.ts'

const PAGE = 50
const MAX_PAGES = 20
/** Reviews under way together on a node. */
const AT_ONCE = 4

export interface SweepParts {
  services: Services
  /** Replaces every workspace's own delay, in seconds. */
  afterSeconds: number | null
}

/** Makes a sweep that goes on while there is work. What failed is left alone for a while, so that it holds up nobody. */
export function reviewSweep({ services, afterSeconds }: SweepParts): () => Promise<number> {
  const restUntil = new Map<string, number>()
  const after = afterSeconds === null ? null : `${afterSeconds} seconds`

  async function reviewOne({ workspaceId, conversationId, kind }: Due): Promise<boolean> {
    try {
      const reason = kind === 'backfill' ? 'backfill' : 'idle'
      if (await reviewConversation(asSystem(services, workspaceId), conversationId, reason)) return true
      restUntil.set(conversationId, Date.now() + 5000)
    } catch (error) {
      restUntil.set(conversationId, Date.now() + 10 * 60_000)
      services.log.error(
        { err: error, conversationId },
        'a conversation could not be reviewed; it is tried again in ten minutes',
      )
    }
    return false
  }

  async function reviewPage(): Promise<{ due: number; done: number }> {
    const found = await findDue(services.db, after, PAGE + restUntil.size)
    const due = found.filter(({ conversationId }) => (restUntil.get(conversationId) ?? 0) <= Date.now())
    let done = 0
    const waiting = due.values()
    // What waits for the database leaves the processor to another.
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const one of waiting) if (await reviewOne(one)) done++
      }),
    )
    return { due: due.length, done }
  }

  return async () => {
    for (const [id, at] of restUntil) if (at <= Date.now()) restUntil.delete(id)
    let total = 0
    for (let page = 0; page < MAX_PAGES; page++) {
      const { due, done } = await reviewPage()
      total += done
      if (due < PAGE) break
    }
    return total
  }
}
