/** What supervisors do to a call: listen in, take over, hand back, coach, pause the recording, end it. */
import { randomUUID } from 'node:crypto'
import type { coachCall, endCall, listenToCall, pauseRecording, releaseCall, takeOverCall } from '@earshot/contracts'
import type { z } from 'zod'
import { appendInside } from '../../conversations/index.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { isAtLeast } from '../../team/index.ts'
import type { Held } from '../change-call.ts'
import { insertCoaching } from '../queries-view.ts'
import { type Reached, runCommand } from '../run-command.ts'

type Body<E extends { body: z.ZodType }> = z.output<E['body']>

export const maySupervise = (ctx: Context): boolean => isAtLeast(ctx.actor.role, 'supervisor')

export function listen(ctx: Context, conversationId: string, body: Body<typeof listenToCall>): Promise<Reached> {
  const leg = randomUUID()
  return runCommand(ctx, {
    ...body,
    conversationId,
    body,
    action: 'listen',
    audit: 'call.listened',
    inputOf: () => ({ t: 'listen', leg, most: ctx.calls.mostListeners }),
  })
}

export function takeOverCallBy(
  ctx: Context,
  conversationId: string,
  body: Body<typeof takeOverCall>,
): Promise<Reached> {
  return runCommand(ctx, {
    ...body,
    conversationId,
    body,
    action: 'takeover',
    audit: 'call.taken_over',
    details: { by: body.by },
    inputOf: async (tx, { call }) => {
      const phone = body.by === 'phone' ? await ctx.calls.ownPhoneOf(tx, ctx, call, ctx.actor.id ?? '') : null
      return { t: 'takeover', leg: (!phone && body.leg) || randomUUID(), lease: randomUUID(), phone }
    },
  })
}

/** A supervisor may also end what another one took over: their tab may be gone for good. */
export function release(ctx: Context, conversationId: string, body: Body<typeof releaseCall>): Promise<Reached> {
  const { note = null } = body
  return runCommand(ctx, {
    ...body,
    conversationId,
    body,
    action: 'release',
    audit: 'call.released',
    inputOf: () => ({ t: 'release', force: maySupervise(ctx), note }),
  })
}

export function end(ctx: Context, conversationId: string, body: Body<typeof endCall>): Promise<Reached> {
  return runCommand(ctx, {
    ...body,
    conversationId,
    body,
    action: 'end',
    audit: 'call.ended',
    inputOf: () => ({ t: 'end', may: maySupervise(ctx) }),
  })
}

export function coach(ctx: Context, conversationId: string, body: Body<typeof coachCall>): Promise<Reached> {
  const id = body.opId
  return runCommand(ctx, {
    ...body,
    conversationId,
    body,
    action: 'coach',
    audit: 'call.coached',
    details: { coachingId: id },
    inputOf: () => ({ t: 'coach', id, text: body.text }),
    also: (tx, held) => writeCoaching(tx, ctx, held, id, body.text),
  })
}

/** Into the log as coaching of a chat is: the agent that reads the log finds it there, and nothing that goes to customers does. */
async function writeCoaching(tx: Tx, ctx: Context, { call }: Held, id: string, text: string): Promise<void> {
  const { workspaceId, actor } = ctx
  const name = actor.name ?? ''
  await insertCoaching(tx, { workspaceId, callId: call.id, id, text, memberId: actor.id ?? id, memberName: name })
  await appendInside(tx, {
    workspaceId,
    conversationId: call.conversationId,
    kind: 'coaching',
    author: { kind: 'operator', id: actor.id, name: actor.name },
    text,
    data: { state: 'queued', callId: call.id, coachingId: id },
  })
}

export function setRecording(
  ctx: Context,
  conversationId: string,
  body: Body<typeof pauseRecording>,
): Promise<Reached> {
  return runCommand(ctx, {
    ...body,
    conversationId,
    body,
    action: 'record',
    audit: body.on ? 'call.recording_resumed' : 'call.recording_paused',
    inputOf: () => ({ t: 'record', on: body.on, may: maySupervise(ctx) }),
  })
}
