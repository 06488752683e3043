/** Answers that are being written right now, so that a page that opens in the middle of one sees its beginning. */
import type { Delta } from '@earshot/contracts'

const MAX_DRAFTS = 2000
const FORGET_MS = 120_000

interface Draft {
  delta: Delta
  workspaceId: string
  heardAt: number
}

export interface Drafts {
  hear(workspaceId: string, delta: Delta): void
  /** The answer so far as one piece, if all of it was heard. */
  of(workspaceId: string, conversationId: string): Delta | undefined
}

export function createDrafts(now: () => number = Date.now): Drafts {
  const drafts = new Map<string, Draft>()
  return {
    hear(workspaceId, delta) {
      const known = drafts.get(delta.conversationId)?.delta
      drafts.delete(delta.conversationId)
      if (delta.state === 'done' || delta.state === 'cancelled') return
      const isWhole = delta.whole || delta.seq === 0
      const follows = known?.turnId === delta.turnId && known.seq + 1 === delta.seq
      if (!isWhole && !follows) return // a piece was missed; the next whole one begins it again
      const text = isWhole ? delta.text : known!.text + delta.text
      drafts.set(delta.conversationId, { delta: { ...delta, text, whole: true }, workspaceId, heardAt: now() })
      if (drafts.size > MAX_DRAFTS) drafts.delete(drafts.keys().next().value!)
    },
    of(workspaceId, conversationId) {
      const draft = drafts.get(conversationId)
      if (!draft || draft.workspaceId !== workspaceId || now() - draft.heardAt > FORGET_MS) return undefined
      return draft.delta
    },
  }
}
