/** The address of the inbox: which queue, and the place inside the open conversation. */
import { type ConversationSearch, readSearch } from '../conversations/search.ts'

export const QUEUES = ['needs', 'mine', 'unassigned', 'calls', 'board'] as const
export type QueueTab = (typeof QUEUES)[number]

export type InboxSearch = Pick<ConversationSearch, 'at' | 'pane'> & { queue?: QueueTab }

/** What is not understood is left out, so that an old link still opens. */
export function readInboxSearch(raw: Record<string, unknown>): InboxSearch {
  const { at, pane } = readSearch({ at: raw.at, pane: raw.pane })
  const queue = QUEUES.find((one) => one === raw.queue)
  return {
    ...(at !== undefined && { at }),
    ...(pane && { pane }),
    ...(queue && { queue }),
  }
}
