/** Lets an agent that leaves a call, for a person or because all is said, be heard to the end before anything else happens. */
import { randomUUID } from 'node:crypto'
import type { Bus } from '../../platform/bus.ts'
import { type Context, transact } from '../../platform/context.ts'
import { findCallOf } from '../queries.ts'

export const LAST_WORDS = 'call_last_words'
export interface SayLast {
  t: 'say'
  id: string
  callId: string
  text: string
  ends: boolean
}
export interface SaidLast {
  t: 'said'
  id: string
}

/** An answer and an announcement take no longer; a node that died answers never. */
const MOST_MS = 20_000

/** Resolves at once where the conversation has no call with its agent on the line. */
export async function sayLastWords(
  ctx: Context,
  bus: Bus,
  { conversationId, text, ends }: { conversationId: string; text: string; ends: boolean },
): Promise<void> {
  const call = await transact(ctx, (tx) => findCallOf(tx, ctx.workspaceId, conversationId))
  if (call?.state !== 'ai') return
  const id = randomUUID()
  await new Promise<void>((resolve) => {
    const settle = () => {
      clearTimeout(timer)
      unsubscribe()
      resolve()
    }
    const timer = setTimeout(settle, MOST_MS)
    const unsubscribe = bus.subscribe(({ topic, body }) => {
      if (topic === LAST_WORDS && (body as SaidLast).t === 'said' && (body as SaidLast).id === id) settle()
    })
    const say: SayLast = { t: 'say', id, callId: call.id, text, ends }
    bus.publish({ topic: LAST_WORDS, workspaceId: ctx.workspaceId, body: say })
  })
}
