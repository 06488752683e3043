/** What tools an MCP server has now, for the editor: each with the reason why it cannot be chosen, and a fingerprint by which a change is seen. */
import { createHash } from 'node:crypto'
import type { JsonValue, McpServer, McpTool } from '@earshot/contracts'
import type { Client, Tool } from '@modelcontextprotocol/client'
import { type Context, transact } from '../../../platform/context.ts'
import { writeAudit } from '../../../team/index.ts'
import { accessAgent } from '../../access.ts'
import { secretsIn } from '../call-http.ts'
import { short } from '../log-line.ts'
import { openSecrets } from '../open-secrets.ts'
import { problemOfSchema, type Schema } from '../parameters.ts'
import { redactJson } from '../redact.ts'
import { sorted } from '../wish.ts'
import { withMcp } from './mcp-session.ts'

const MOST_TOOLS = 200
const MOST_PAGES = 20
const MOST_DESCRIPTION = 1000

export async function readTools(ctx: Context, agentId: string, server: McpServer) {
  await transact(ctx, async (tx) => {
    await accessAgent(tx, ctx, agentId)
    await writeAudit(tx, ctx, 'agent_mcp.read', agentId, { server: server.name, host: new URL(server.url).host })
  })
  const secrets = await openSecrets(ctx, agentId, secretsIn(server.headers), server.url)
  const startedAt = performance.now()
  const parts = { outbound: ctx.agents.outbound, secrets, signal: new AbortController().signal }
  const answer = await withMcp(server, parts, async (client, within, redact) => {
    const { name = '', version = '' } = client.getServerVersion() ?? {}
    const protocol = client.getNegotiatedProtocolVersion() ?? ''
    const tools = (await allTools(client, within)).map((tool) => redactJson(viewTool(tool), redact))
    const said = {
      name: redact(name).slice(0, 100),
      version: redact(version).slice(0, 50),
      protocol: protocol.slice(0, 20),
    }
    return { server: said, tools: tools as unknown as McpTool[] }
  })
  const durationMs = Math.round(performance.now() - startedAt)
  if (!answer.ok) return { ok: false, error: answer.problem, server: null, tools: [], durationMs }
  return { ok: true, error: null, ...answer.value, durationMs }
}

async function allTools(client: Client, within: { signal: AbortSignal; timeout: number }): Promise<Tool[]> {
  const tools: Tool[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES && tools.length < MOST_TOOLS; page++) {
    const read = await client.listTools({ ...(cursor && { cursor }) }, within)
    tools.push(...read.tools)
    cursor = read.nextCursor
    if (!cursor) break
  }
  return tools.slice(0, MOST_TOOLS)
}

function viewTool({ name, title, description = '', inputSchema, annotations }: Tool): {
  [Key in keyof McpTool]: JsonValue
} {
  const { $schema: _, ...parameters } = inputSchema as Schema
  const reads = annotations?.readOnlyHint === true
  const problem =
    name.length > 128 || name.trim() === '' ? 'Its name is empty or too long.' : problemOfParameters(parameters)
  return {
    tool: name.slice(0, 128),
    title: (title ?? annotations?.title ?? '').slice(0, 200),
    description: description.slice(0, MOST_DESCRIPTION),
    parameters: problem === null ? parameters : {},
    reads,
    fingerprint: createHash('sha256')
      .update(JSON.stringify(sorted({ description, inputSchema, reads })))
      .digest('base64url'),
    problem,
  }
}

function problemOfParameters(parameters: Schema): string | null {
  const problem = problemOfSchema(parameters)
  return problem && `Its parameters cannot be checked: the schema ${String(short(problem))}`
}
