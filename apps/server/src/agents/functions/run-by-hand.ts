/** Run one function from the editor: what was sent, what came back, how long it took. Nothing of it reaches a conversation. */
import type { AgentFunction, JsonValue, McpServer, MemoryField } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import { writeAudit } from '../../team/index.ts'
import { accessAgent } from '../access.ts'
import { callHttp, type HttpOutcome, secretsIn } from './call-http.ts'
import { BadParameter } from './fill-template.ts'
import { short } from './log-line.ts'
import { effectsOf } from './map-result.ts'
import { callTool } from './mcp/call-tool.ts'
import { openSecrets } from './open-secrets.ts'
import { checkParameters, type Schema } from './parameters.ts'

type Outside = Extract<AgentFunction, { kind: 'http' | 'mcp' }>

export interface RanByHand {
  status: 'ok' | 'error' | 'refused'
  request: HttpOutcome['request'] | null
  httpStatus: number | null
  result: JsonValue
  durationMs: number
  tries: number
  memory: Record<string, JsonValue>
  tags: { key: string; value: string }[]
}

interface ToRun {
  function: Outside
  server: McpServer | null
  parameters: JsonValue
}

export async function runByHand(ctx: Context, agentId: string, { function: own, ...given }: ToRun): Promise<RanByHand> {
  const server = given.server?.id === (own.kind === 'mcp' && own.serverId) ? given.server : null
  const place = own.kind === 'mcp' ? server : own
  if (!place) return refused('The server of this tool is missing.')
  const fields = await transact(ctx, async (tx) => {
    const agent = await accessAgent(tx, ctx, agentId)
    // It acts outside in the agent's name: who did it stays findable.
    await writeAudit(tx, ctx, 'agent_function.run', agentId, { function: own.name, host: new URL(place.url).host })
    return agent.config.memoryFields
  })
  const checked = checkParameters(own.parameters as Schema, given.parameters)
  if (!checked.ok) return refused(checked.problem)
  const secrets = await openSecrets(ctx, agentId, secretsIn(place.headers), place.url)
  const startedAt = performance.now()
  const signal = new AbortController().signal
  const parts = { outbound: ctx.agents.outbound, secrets, signal, key: crypto.randomUUID() }
  try {
    const outcome =
      own.kind === 'http'
        ? await callHttp(own, checked.value, parts)
        : await callTool(server!, own, checked.value, parts)
    return view(own, outcome, Math.round(performance.now() - startedAt), fields)
  } catch (error) {
    if (error instanceof BadParameter) return refused(error.message)
    throw error
  }
}

function view(own: Outside, outcome: HttpOutcome, durationMs: number, fields: MemoryField[]): RanByHand {
  const { ok, result, request, status, tries } = outcome
  const { memory = [], tags = [] } = ok ? effectsOf(own.mappings, result, fields) : {}
  return {
    status: ok ? 'ok' : 'error',
    request,
    httpStatus: status,
    result: short(result),
    durationMs,
    tries,
    memory: Object.fromEntries(memory),
    tags,
  }
}

const refused = (reason: string): RanByHand => ({
  status: 'refused',
  request: null,
  httpStatus: null,
  result: reason,
  durationMs: 0,
  tries: 0,
  memory: {},
  tags: [],
})
