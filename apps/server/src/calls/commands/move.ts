/** What moves a caller to somebody else: transfer and its end, the queue, and the answer of who took them from it. */
import { randomUUID } from 'node:crypto'
import type { answerCall, cancelTransfer, enqueueCall, transferCall } from '@earshot/contracts'
import type { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { changeQueued } from '../../queue/index.ts'
import { type Reached, runCommand } from '../run-command.ts'

type Body<E extends { body: z.ZodType }> = z.output<E['body']>

export function transfer(ctx: Context, conversationId: string, body: Body<typeof transferCall>): Promise<Reached> {
  const { to, contactId } = body
  if ((to === undefined) === (contactId === undefined))
    throw new AppError('request.invalid', { issues: [{ path: ['to'], message: 'either a number or a saved contact' }] })
  return runCommand(ctx, {
    ...body,
    conversationId,
    body,
    action: 'transfer',
    audit: 'call.transferred',
    details: { ...(contactId && { contactId }), ...(to && { to }) },
    inputOf: async (tx, { call }) => {
      const { dial, label } = await ctx.calls.targetOf(tx, ctx, call, { to, contactId })
      return { t: 'transfer', leg: randomUUID(), label, dial }
    },
  })
}

export function stopTransfer(
  ctx: Context,
  conversationId: string,
  body: Body<typeof cancelTransfer>,
): Promise<Reached> {
  return runCommand(ctx, {
    ...body,
    conversationId,
    body,
    action: 'cancelTransfer',
    audit: 'call.transfer_cancelled',
    inputOf: () => ({ t: 'cancelTransfer' }),
  })
}

export async function enqueue(ctx: Context, conversationId: string, body: Body<typeof enqueueCall>): Promise<Reached> {
  const { reason = 'supervisor', skills, teamId } = body
  const reached = await runCommand(ctx, {
    ...body,
    conversationId,
    body,
    action: 'enqueue',
    audit: 'call.enqueued',
    details: { skills, ...(teamId && { teamId }) },
    inputOf: () => ({ t: 'enqueue', reason, skills }),
  })
  if (teamId) await changeQueued(ctx, conversationId, { teamId })
  return reached
}

/** Whoever has the conversation speaks with its caller. */
export function answer(ctx: Context, conversationId: string, body: Body<typeof answerCall>): Promise<Reached> {
  return runCommand(ctx, {
    ...body,
    conversationId,
    body,
    action: 'answer',
    audit: 'call.answered',
    details: { by: body.by },
    inputOf: async (tx, { call, conversation }) => {
      const phone = body.by === 'phone' ? await ctx.calls.ownPhoneOf(tx, ctx, call, ctx.actor.id ?? '') : null
      const claimed = conversation.control === 'operator' && conversation.assigneeId === ctx.actor.id
      return { t: 'answer', leg: randomUUID(), claimed, phone }
    },
  })
}
