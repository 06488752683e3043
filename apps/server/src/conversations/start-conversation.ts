/** Start a conversation: its row and its first facts. What is said in it comes by append. */
import { randomBytes } from 'node:crypto'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { writeActivity } from './activity.ts'
import { insertConversation, setBlocked } from './queries.ts'

export interface Start {
  channelId: string
  contactId: string
  agentId?: string | null
  flowId?: string | null
  sessionId?: string | null
  externalId?: string | null
  title?: string | null
  previousId?: string | null
  /** `queue` where operators answer (passive agents). */
  control?: 'agent' | 'queue'
  startedAt?: Date | null
}

/** Inserts the conversation in the caller's transaction; who is blocked on the channel starts blocked. */
export async function startConversation(ctx: Context, tx: Tx, start: Start): Promise<{ id: string; epoch: number }> {
  const started = await insertConversation(tx, {
    workspaceId: ctx.workspaceId,
    channelId: start.channelId,
    contactId: start.contactId,
    agentId: start.agentId ?? null,
    flowId: start.flowId ?? null,
    sessionId: start.sessionId ?? `s_${randomBytes(8).toString('hex')}`,
    externalId: start.externalId ?? null,
    title: start.title ?? null,
    previousId: start.previousId ?? null,
    control: start.control ?? 'agent',
    startedAt: start.startedAt ?? null,
  })
  await record(tx, ctx.workspaceId, { type: 'conversation.created', conversationId: started.id })
  return started
}

/** Fences the agents of all conversations a block reaches, or lifts it. Called by the contacts slice's command through channels. */
export async function markBlocked(
  ctx: Context,
  tx: Tx,
  given: { contactId: string; channelId: string; blocked: boolean; reason?: string | null },
): Promise<void> {
  const rows = await setBlocked(tx, ctx.workspaceId, given.contactId, given.channelId, given.blocked)
  for (const { id } of rows) {
    await record(tx, ctx.workspaceId, {
      type: 'conversation.changed',
      conversationId: id,
      fields: ['blocked', 'epoch'],
    })
    await writeActivity(tx, ctx, id, { type: given.blocked ? 'blocked' : 'unblocked', reason: given.reason ?? null })
  }
}
