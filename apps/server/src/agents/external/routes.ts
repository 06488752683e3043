/** HTTP edge of agents that live elsewhere. */
import * as api from '@earshot/contracts'
import type { Bind } from '../../platform/bind.ts'
import { replyLater } from './reply-later.ts'
import { getSigning, rotateSigning } from './secret.ts'
import { testExternal } from './test-external.ts'

export function externalAgentRoutes(bind: Bind): void {
  bind(api.getAgentSigning, (ctx, { params }) => getSigning(ctx, params.id))
  bind(api.rotateAgentSigning, (ctx, { params }) => rotateSigning(ctx, params.id))
  bind(api.testExternalAgent, (ctx, { params, body }) => testExternal(ctx, params.id, body.url, body.text))
  bind(api.answerLater, (ctx, { params, body }) => replyLater(ctx, params.id, body))
}
