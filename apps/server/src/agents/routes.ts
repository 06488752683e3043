/** HTTP edge of agents. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { getAgent, listAgents } from './access.ts'
import { archiveAgent, changeAgent, createAgent } from './change-agent.ts'
import { testAgent } from './test-agent.ts'

export function agentRoutes(bind: Bind): void {
  bind(api.listAgents, (ctx, { query }) => listAgents(ctx, query))
  bind(api.getAgent, (ctx, { params }) => getAgent(ctx, params.id))
  bind(api.createAgent, (ctx, { body }) => createAgent(ctx, body))
  bind(api.changeAgent, (ctx, { params, body }) => changeAgent(ctx, params.id, body))
  bind(api.archiveAgent, (ctx, { params }) => archiveAgent(ctx, params.id))
  bind(api.testAgent, (ctx, { params, body }) => testAgent(ctx, params.id, body.text))
}
