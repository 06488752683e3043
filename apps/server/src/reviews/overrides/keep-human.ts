/**
 * What a person said of the conversation outlives a new review: nobody overwrites a human. Points do not: they were given to that one
 * review's reasons and lines, and the next review has others.
 */
import type { ConversationSnapshot } from '@earshot/analysis'
import type { Resolution } from '@earshot/contracts'
import type { z } from 'zod'
import type { Tx } from '../../platform/db.ts'
import { findHumanResolution } from './queries-human.ts'

type Level = z.infer<typeof Resolution>

/** How a person says it was resolved, while the contact has said nothing since: then it may be open again, and is judged anew. */
export async function humanResolution(
  tx: Tx,
  workspaceId: string,
  { conversationId, entries }: ConversationSnapshot,
): Promise<Level | null> {
  const said = await findHumanResolution(tx, workspaceId, conversationId)
  if (!said) return null
  const isOver = entries.some(
    ({ kind, author, position }) => kind === 'message' && author === 'contact' && position > said.throughPosition,
  )
  return isOver ? null : said.resolution
}
