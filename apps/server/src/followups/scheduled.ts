/** What an agent promised to write later: seen and cancelled by operators, said once when it is due, dropped when something came in between. */
import type { ScheduledFollowUp } from '@earshot/contracts'
import {
  accessConversation,
  accessLocked,
  appendInside,
  type ConversationRow,
  reopenInside,
} from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { wantsNone } from './opt-out.ts'
import {
  findDueScheduled,
  findScheduled,
  mayStillWrite,
  type ScheduledRow,
  takeScheduled,
} from './queries-scheduled.ts'

const MOST_A_SWEEP = 200
/** The server was away for long: what was meant for then is not written now. */
const TOO_LATE_MS = 48 * 60 * 60_000

export function getScheduled(ctx: Context, id: string): Promise<{ scheduled: ScheduledFollowUp | null }> {
  return transact(ctx, async (tx) => {
    const current = await accessConversation(tx, ctx, id)
    const row = await findScheduled(tx, ctx.workspaceId, id)
    // One that was overtaken is gone for everybody, though its row may still lie there.
    const isValid = row !== undefined && (await mayStillWrite(tx, row))
    if (!isValid) return { scheduled: null }
    return { scheduled: { text: row.text, dueAt: row.dueAt.toISOString(), agent: current.agentName } }
  })
}

export function cancelScheduled(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    await accessLocked(tx, ctx, id)
    await takeScheduled(tx, ctx.workspaceId, id)
    return { ok: true as const }
  })
}

/** Returns how many were said. */
export async function sayScheduled(ctx: Context, now: Date): Promise<number> {
  const due = await transact(ctx, (tx) => findDueScheduled(tx, ctx.workspaceId, now, MOST_A_SWEEP))
  let said = 0
  for (const id of due) {
    try {
      if (await transact(ctx, (tx) => sayOne(tx, ctx, id, now))) said++
    } catch (error) {
      ctx.log.warn({ err: error, conversationId: id }, 'a scheduled follow-up failed; it is tried again')
    }
  }
  return said
}

/** Under the conversation's lock: taken and said in one transaction, or neither. */
async function sayOne(tx: Tx, ctx: Context, id: string, now: Date): Promise<boolean> {
  const current = await accessLocked(tx, ctx, id)
  const known = await findScheduled(tx, ctx.workspaceId, id)
  if (!known || known.dueAt > now) return false
  const row = (await takeScheduled(tx, ctx.workspaceId, id))!
  if (now.getTime() - row.dueAt.getTime() > TOO_LATE_MS) return false
  if (!(await mayStillWrite(tx, row)) || (await wantsNone(tx, ctx, current.contactId))) return false
  if (current.status !== 'active') await reopenInside(tx, ctx, current)
  await say(tx, ctx, await accessConversation(tx, ctx, id), row)
  return true
}

async function say(tx: Tx, ctx: Context, current: ConversationRow, { id, text, agentId }: ScheduledRow): Promise<void> {
  const { outcome } = await appendInside(tx, {
    workspaceId: ctx.workspaceId,
    conversationId: current.id,
    kind: 'message',
    author: { kind: 'agent', id: agentId, name: current.agentName },
    text,
    data: { followUp: { scheduled: true } },
    clientKey: `scheduled:${id}`,
    epoch: current.epoch,
    origin: 'live',
  })
  if (outcome !== 'appended') throw new Error(`a scheduled follow-up was refused: ${outcome}`)
}
