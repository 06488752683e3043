/** What the agent asks for itself: checked like a person's command, and told why when it may not be. */
import { randomUUID } from 'node:crypto'
import type { FromAgent } from '@earshot/voice'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { writeAudit } from '../team/index.ts'
import type { Held } from './change-call.ts'
import type { GivenInput } from './take-input.ts'

type Request = Extract<FromAgent, { t: 'request' }>

export async function wish(
  tx: Tx,
  ctx: Context,
  { call, conversation }: Held,
  { action, to, reason }: Request,
): Promise<GivenInput | { t: 'refused'; text: string }> {
  const actor = {
    kind: 'agent',
    id: conversation.agentId,
    name: conversation.agentName,
    role: 'operator',
    scopes: [],
  } as const
  const audit = (what: string) =>
    writeAudit(tx, { ...ctx, actor }, `call.${what}`, conversation.id, { callId: call.id })
  if (action === 'end') {
    await audit('ended')
    return { t: 'agentEnd' }
  }
  if (action === 'enqueue') {
    await audit('enqueued')
    return { t: 'agentEnqueue', reason: reason?.slice(0, 200) || 'contact_asked' }
  }
  try {
    const { dial, label } = await ctx.calls.targetOf(tx, ctx, call, { to: to ?? '' })
    await audit('transferred')
    return { t: 'agentTransfer', leg: randomUUID(), label, dial }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { t: 'refused', text: `The transfer is not possible: ${error.message}.` }
  }
}
