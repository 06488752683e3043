/** Attachments: files that were stored before a message names them. */
import { attachFiles, uploaderOf } from '../files/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { accessConversation } from './access.ts'
import type { EntryData } from './entry-data.ts'

/** Makes the caller's own uploads part of the conversation; an unknown id refuses the message. */
export async function attachmentsOf(ctx: Context, conversationId: string, ids: string[]): Promise<EntryData | null> {
  if (ids.length === 0) return null
  return transact(ctx, async (tx) => {
    await accessConversation(tx, ctx, conversationId)
    return { attachments: await attachFiles(tx, ctx.workspaceId, uploaderOf(ctx), conversationId, ids) }
  })
}
