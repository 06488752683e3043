/** A place to try one function of an agent by hand. */
import { z } from 'zod'
import { HttpFunction, McpFunction, McpServer } from './agent-functions.ts'
import { endpoint } from './endpoint.ts'
import { IdParams, Json } from './text.ts'

/** Really calls the address, with the agent's secrets, and tells everything but those. Nothing of it reaches a conversation. */
export const runAgentFunction = endpoint({
  id: 'agents.runFunction',
  method: 'POST',
  path: '/api/v1/agents/:id/functions/run',
  summary: 'Run one function with these parameters and show what was sent and what came back',
  access: { role: 'admin', scope: 'agents' },
  params: IdParams,
  body: z.strictObject({
    function: z
      .discriminatedUnion('kind', [HttpFunction, McpFunction])
      .meta({ description: 'As it stands in the editor, saved or not.' }),
    server: McpServer.nullable().default(null).meta({ description: 'Of a tool: its server. Null for an address.' }),
    parameters: Json,
  }),
  maxBytes: 256 * 1024,
  reply: z.object({
    status: z.enum(['ok', 'error', 'refused']),
    request: z
      .object({ method: z.string(), url: z.string(), headers: z.array(z.string()), body: Json.nullable() })
      .nullable()
      .meta({ description: 'Null when no request could be made of the parameters. Headers by name.' }),
    httpStatus: z.int().nullable(),
    result: Json.nullable().meta({ description: 'What came back; of a failure the reason.' }),
    durationMs: z.int(),
    tries: z.int(),
    memory: z.record(z.string(), Json).meta({ description: 'What the mappings would remember.' }),
    tags: z.array(z.object({ key: z.string(), value: z.string() })),
  }),
  errors: ['agent.not_found'],
  repeatsSafely: true,
})

/** What the server says about a tool now. Its words are a stranger's: shown, never obeyed. */
export const McpTool = z
  .object({
    tool: z.string(),
    title: z.string(),
    description: z.string(),
    parameters: Json,
    reads: z.boolean().meta({ description: 'The server says that it changes nothing. A hint, not a promise.' }),
    fingerprint: z.string(),
    problem: z.string().nullable().meta({ description: 'Why it cannot be a function; null when it can.' }),
  })
  .meta({ id: 'McpTool' })
export type McpTool = z.output<typeof McpTool>

/** Really calls the server, with the agent's secrets. */
export const readMcpTools = endpoint({
  id: 'agents.readMcpTools',
  method: 'POST',
  path: '/api/v1/agents/:id/functions/mcp',
  summary: 'Ask an MCP server for its tools, or tell its own error',
  access: { role: 'admin', scope: 'agents' },
  params: IdParams,
  body: z.strictObject({ server: McpServer.meta({ description: 'As it stands in the editor, saved or not.' }) }),
  reply: z.object({
    ok: z.boolean(),
    error: z.string().nullable().meta({ description: 'What went wrong, in words, without secrets.' }),
    server: z.object({ name: z.string(), version: z.string(), protocol: z.string() }).nullable(),
    tools: z.array(McpTool).meta({ description: 'The first 200.' }),
    durationMs: z.int(),
  }),
  errors: ['agent.not_found'],
  repeatsSafely: true,
})
