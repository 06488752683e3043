/** HTTP edge of agents. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { getAgent, listAgents } from './access.ts'
import { archiveAgent, changeAgent, createAgent, duplicateAgent, unarchiveAgent } from './change-agent.ts'
import { externalAgentRoutes } from './external/routes.ts'
import { readTools } from './functions/mcp/read-tools.ts'
import { runByHand } from './functions/run-by-hand.ts'
import { getUsage } from './functions/usage.ts'
import { playgroundRoutes } from './playground/routes.ts'
import { replayRoutes } from './replay/routes.ts'
import { deleteSecret, listSecrets, putSecret } from './secrets/keep-secret.ts'
import { testAgent } from './test-agent.ts'
import { compareVersions, getConfig, getVersion, listVersions } from './versions/read-versions.ts'
import { restoreVersion } from './versions/restore-version.ts'
import { saveConfig } from './versions/save-config.ts'

export function agentRoutes(bind: Bind): void {
  bind(api.listAgents, (ctx, { query }) => listAgents(ctx, query))
  bind(api.getAgent, (ctx, { params }) => getAgent(ctx, params.id))
  bind(api.createAgent, (ctx, { body }) => createAgent(ctx, body))
  bind(api.changeAgent, (ctx, { params, body }) => changeAgent(ctx, params.id, body))
  bind(api.archiveAgent, (ctx, { params }) => archiveAgent(ctx, params.id))
  bind(api.unarchiveAgent, (ctx, { params }) => unarchiveAgent(ctx, params.id))
  bind(api.duplicateAgent, (ctx, { params, body }) => duplicateAgent(ctx, params.id, body.name))
  bind(api.testAgent, (ctx, { params, body }) => testAgent(ctx, params.id, body.text))
  bind(api.getAgentConfig, (ctx, { params }) => getConfig(ctx, params.id))
  bind(api.saveAgentConfig, (ctx, { params, body }) => saveConfig(ctx, params.id, body))
  bind(api.listAgentVersions, (ctx, { params, query }) => listVersions(ctx, params.id, query))
  bind(api.getAgentVersion, (ctx, { params }) => getVersion(ctx, params.id, params.version))
  bind(api.compareAgentVersions, (ctx, { params, query }) => compareVersions(ctx, params.id, query))
  bind(api.restoreAgentVersion, (ctx, { params, body }) =>
    restoreVersion(ctx, params.id, params.version, body.baseVersion),
  )
  bind(api.listAgentSecrets, (ctx, { params }) => listSecrets(ctx, params.id))
  bind(api.putAgentSecret, (ctx, { params, body }) => putSecret(ctx, params.id, params.name, body))
  bind(api.getAgentUsage, (ctx, { params }) => getUsage(ctx, params.id))
  bind(api.runAgentFunction, (ctx, { params, body }) => runByHand(ctx, params.id, body))
  bind(api.readMcpTools, (ctx, { params, body }) => readTools(ctx, params.id, body.server))
  bind(api.deleteAgentSecret, (ctx, { params }) => deleteSecret(ctx, params.id, params.name))
  externalAgentRoutes(bind)
  playgroundRoutes(bind)
  replayRoutes(bind)
}
