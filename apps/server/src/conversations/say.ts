/** Say: what an operator writes into the log: an answer, a note, coaching. */
import type { Entry } from '@earshot/contracts'
import { attachFiles, uploaderOf } from '../files/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { accessConversation } from './access.ts'
import type { Appended, AppendItem } from './append.ts'
import type { EntryData } from './entry-data.ts'
import { findConversation } from './queries.ts'
import { findMember } from './queries-names.ts'
import { viewEntry } from './view.ts'

export interface Said {
  text: string
  /** Uploaded by the same operator, not yet part of another conversation. */
  attachmentIds?: string[]
  data?: EntryData | null
  clientKey?: string | undefined
}

/** Answers the contact. Allowed while paused, in the queue, or with the floor; an answer is acknowledged after its commit. */
export async function sayAsOperator(ctx: Context, id: string, said: Said) {
  return write(ctx, id, 'message', { ...said, data: await attach(ctx, id, said.attachmentIds ?? []) })
}
/** Who is mentioned is named in the entry, so that nobody has to guess from the text whom an @ means. */
export async function addNote(ctx: Context, id: string, said: Said & { mentions?: string[] }) {
  const mentions = await readMentions(ctx, said.mentions ?? [])
  return write(ctx, id, 'note', { ...said, data: mentions.length > 0 ? { mentions } : null })
}

async function readMentions(ctx: Context, ids: string[]): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return []
  return transact(ctx, async (tx) => {
    const found = await Promise.all([...new Set(ids)].map((id) => findMember(tx, ctx.workspaceId, id)))
    return found.map((member) => {
      if (!member) throw new AppError('member.not_found')
      return member
    })
  })
}

async function attach(ctx: Context, id: string, fileIds: string[]): Promise<EntryData | null> {
  if (fileIds.length === 0) return null
  return transact(ctx, async (tx) => {
    await accessConversation(tx, ctx, id)
    return { attachments: await attachFiles(tx, ctx.workspaceId, uploaderOf(ctx), id, fileIds) }
  })
}
/** Coaching starts as queued; the agent's next turn reads it. */
export const addCoaching = (ctx: Context, id: string, said: Said) =>
  write(ctx, id, 'coaching', { ...said, data: { state: 'queued' } })

async function write(
  ctx: Context,
  id: string,
  kind: 'message' | 'note' | 'coaching',
  said: Said,
): Promise<{ entry: Entry; duplicate: boolean }> {
  const item: AppendItem = {
    workspaceId: ctx.workspaceId,
    conversationId: id,
    kind,
    author: { kind: 'operator', id: ctx.actor.id, name: ctx.actor.name },
    text: said.text,
    data: said.data ?? null,
    clientKey: said.clientKey ?? null,
  }
  const result = await ctx.append(item)
  if (result.outcome !== 'appended' && result.outcome !== 'reopened' && result.outcome !== 'duplicate')
    await refuse(ctx, id, result)
  return { entry: viewEntry(asRow(item, result)), duplicate: result.outcome === 'duplicate' }
}

/** What was written is known here; reading it back would cost a round trip. */
function asRow(item: AppendItem, result: Appended) {
  return {
    workspaceId: item.workspaceId,
    conversationId: item.conversationId,
    position: result.position!,
    kind: item.kind,
    authorKind: item.author.kind,
    authorId: item.author.id,
    authorName: item.author.name,
    text: item.text,
    data: item.data ?? null,
    clientKey: item.clientKey ?? null,
    at: result.at!,
  }
}

/** Turns a refusal of the log into the error a caller can act on. */
export async function refuse(ctx: Context, id: string, result: Appended): Promise<never> {
  switch (result.outcome) {
    case 'conflict':
      throw new AppError('idempotency.conflict', { position: result.position })
    case 'taken': {
      const current = await transact(ctx, (tx) => findConversation(tx, ctx.workspaceId, id))
      throw new AppError('conversation.taken', {
        operator: { id: current?.assigneeId ?? null, name: current?.assigneeName ?? null },
      })
    }
    case 'agent_answers':
      throw new AppError('conversation.agent_answers')
    case 'blocked':
      throw new AppError('conversation.blocked')
    case 'expired':
      throw new AppError('conversation.closed')
    case 'stale':
      throw new AppError('control.stale', { epoch: result.epoch })
    default:
      throw new AppError('conversation.not_found')
  }
}
