/** The sound of a conversation, in the order in which it was said, with what is known of each piece. */
import type { AudioMessage } from '@earshot/contracts'
import { accessConversation } from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { type AudioFile, findAudioEntries, findFetches, findFiles } from './queries.ts'

export interface Sound {
  message: AudioMessage
  /** Once its bytes are here. */
  file: AudioFile | undefined
}

export function findSound(ctx: Context, conversationId: string): Promise<Sound[]> {
  return transact(ctx, async (tx) => {
    const { contactName } = await accessConversation(tx, ctx, conversationId)
    const entries = await findAudioEntries(tx, ctx.workspaceId, conversationId)
    const pieces = entries.flatMap((entry) =>
      entry.attachments.filter(({ mediaType }) => mediaType.startsWith('audio/')).map((given) => ({ entry, given })),
    )
    if (pieces.length === 0) return []
    const files = await findFiles(
      tx,
      ctx.workspaceId,
      pieces.map(({ given }) => given.id),
    )
    const fetches = await findFetches(tx, ctx.workspaceId, conversationId)
    return pieces.map(({ entry, given }) => {
      const file = files.find(({ id }) => id === given.id)
      const fetch = fetches.find(({ fileId }) => fileId === given.id)
      const message: AudioMessage = {
        id: given.id,
        position: entry.position,
        author: {
          kind: entry.authorKind,
          name: entry.authorName ?? (entry.authorKind === 'contact' ? contactName : null),
        },
        at: entry.at.toISOString(),
        name: file?.name ?? given.name,
        mediaType: file?.mediaType ?? given.mediaType,
        size: file?.size ?? given.size,
        durationMs: file?.durationMs ?? given.durationMs ?? 0,
        codec: file?.codec ?? null,
        channels: file?.channels ?? null,
        state: file ? 'ready' : fetch && fetch.failure === null ? 'fetching' : 'failed',
        url: `/api/v1/conversations/${conversationId}/audio/${given.id}`,
      }
      return { message, file }
    })
  })
}

/** The bytes of one piece; it must be named by an entry of this very conversation. */
export async function accessSound(ctx: Context, conversationId: string, id: string): Promise<AudioFile> {
  const sound = await findSound(ctx, conversationId).catch((error) => {
    if (error instanceof AppError && error.code === 'conversation.not_found') return []
    throw error
  })
  const file = sound.find(({ message }) => message.id === id)?.file
  if (!file) throw new AppError('audio.not_found')
  return file
}
