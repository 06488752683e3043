/** HTTP edge of calls. One line per endpoint; what a line does is in its verb's file. */
import * as api from '@earshot/contracts'
import type { FastifyRequest } from 'fastify'
import type { Bind } from '../platform/bind.ts'
import type { Context } from '../platform/context.ts'
import { answer, enqueue, stopTransfer, transfer } from './commands/move.ts'
import { coach, end, listen, release, setRecording, takeOverCallBy } from './commands/supervise.ts'
import { getCall, listCalls } from './read-calls.ts'
import type { Reached } from './run-command.ts'

export function callRoutes(bind: Bind): void {
  bind(api.listCalls, (ctx) => listCalls(ctx))
  bind(api.getCall, (ctx, { params }) => getCall(ctx, params.id))
  bind(api.listenToCall, (ctx, { params, body, request }) => reach(ctx, request, listen(ctx, params.id, body)))
  bind(api.takeOverCall, (ctx, { params, body, request }) => reach(ctx, request, takeOverCallBy(ctx, params.id, body)))
  bind(api.releaseCall, (ctx, { params, body, request }) => reach(ctx, request, release(ctx, params.id, body)))
  bind(api.answerCall, (ctx, { params, body, request }) => reach(ctx, request, answer(ctx, params.id, body)))
  bind(api.transferCall, (ctx, { params, body }) => transfer(ctx, params.id, body))
  bind(api.cancelTransfer, (ctx, { params, body }) => stopTransfer(ctx, params.id, body))
  bind(api.enqueueCall, (ctx, { params, body }) => enqueue(ctx, params.id, body))
  bind(api.endCall, (ctx, { params, body }) => end(ctx, params.id, body))
  bind(api.coachCall, (ctx, { params, body }) => coach(ctx, params.id, body))
  bind(api.pauseRecording, (ctx, { params, body }) => setRecording(ctx, params.id, body))
}

/** A ticket names the hub as who asks can reach it. */
async function reach(ctx: Context, { protocol, host }: FastifyRequest, reached: Promise<Reached>): Promise<Reached> {
  const { call, ticket } = await reached
  const secure = protocol === 'https'
  return {
    call,
    ticket: ticket && { ...ticket, mediaUrl: ctx.calls.publicMediaUrl(ticket.mediaUrl, { host, secure }) },
  }
}
