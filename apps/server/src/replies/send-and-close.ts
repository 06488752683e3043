/** Send and close: an answer, and the end of the conversation with it. */
import type { Conversation, Entry } from '@earshot/contracts'
import {
  accessConversation,
  accessLocked,
  actInside,
  findLastContactPosition,
  sayAsOperator,
  viewConversation,
} from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'

export interface Closing {
  text: string
  attachmentIds: string[]
  clientKey: string
}

/**
 * The answer is stored first, so that a crash in between leaves an answer without its close; the screen's repeat then closes. It stays
 * open when the contact has written meanwhile: nobody closes over a question they have not seen.
 */
export async function sendAndClose(
  ctx: Context,
  id: string,
  said: Closing,
): Promise<{ entry: Entry; conversation: Conversation; changeId: string | null }> {
  const { entry } = await sayAsOperator(ctx, id, said)
  return transact(ctx, async (tx) => {
    const current = await accessLocked(tx, ctx, id)
    const askedSince = (await findLastContactPosition(tx, ctx.workspaceId, id)) > entry.position
    const done = askedSince ? undefined : await actInside(tx, ctx, current, { type: 'close' })
    const conversation = viewConversation(await accessConversation(tx, ctx, id))
    return { entry, conversation, changeId: done?.changeId ?? null }
  })
}
