/** Act: do one thing to one conversation. Every single change and every step of a bulk goes through here. */
import type { Conversation, ConversationAction } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { accessConversation, accessLocked } from '../access.ts'
import type { ConversationRow } from '../queries.ts'
import { viewConversation } from '../view.ts'
import { decide } from './decide.ts'
import { applyEffect, type Effect } from './effect.ts'
import { raiseFlag } from './flags.ts'

/** On a locked conversation. Undefined when there was nothing to change, else what undoes it. */
export async function actInside(
  tx: Tx,
  ctx: Context,
  current: ConversationRow,
  action: ConversationAction,
  jobId: string | null = null,
): Promise<{ changeId: string | null } | undefined> {
  if (action.type === 'flag')
    return { changeId: (await raiseFlag(tx, ctx, current, { severity: 'review', ...action }, jobId)).changeId }
  const effect = await decide(tx, ctx, current, action)
  return effect ? { changeId: await applyEffect(tx, ctx, current, effect, jobId) } : undefined
}

export interface Acted {
  conversation: Conversation
  changeId: string | null
}

/** Repeating an action changes nothing and records nothing. */
export function act(ctx: Context, id: string, action: ConversationAction): Promise<Acted> {
  return transact(ctx, async (tx) => {
    const done = await actInside(tx, ctx, await accessLocked(tx, ctx, id), action)
    return { conversation: viewConversation(await accessConversation(tx, ctx, id)), changeId: done?.changeId ?? null }
  })
}

export const actAlone = async (ctx: Context, id: string, action: ConversationAction): Promise<Conversation> =>
  (await act(ctx, id, action)).conversation

/** One effect after the other, each decided by the state that the ones before it left. */
export async function applyAll(
  tx: Tx,
  ctx: Context,
  id: string,
  decisions: ((current: ConversationRow) => Promise<Effect | null> | Effect | null)[],
): Promise<Conversation> {
  let current = await accessLocked(tx, ctx, id)
  for (const decision of decisions) {
    const effect = await decision(current)
    if (!effect) continue
    await applyEffect(tx, ctx, current, effect)
    current = await accessConversation(tx, ctx, id)
  }
  return viewConversation(current)
}
