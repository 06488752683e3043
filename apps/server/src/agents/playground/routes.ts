/** HTTP edge of trying agents. */
import * as api from '@earshot/contracts'
import type { FastifyReply } from 'fastify'
import type { Bind } from '../../platform/bind.ts'
import { tryAgent } from './try-agent.ts'

export function playgroundRoutes(bind: Bind): void {
  bind(api.tryAgent, (ctx, { params, body, reply }) => tryAgent(ctx, params.id, body, gone(reply)))
}

/** Fires when the asker has gone before the answer. */
function gone({ raw }: FastifyReply): AbortSignal {
  const abort = new AbortController()
  raw.on('close', () => {
    if (!raw.writableFinished) abort.abort(new Error('the asker has gone'))
  })
  return abort.signal
}
