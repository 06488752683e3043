/** One tool of an MCP server, called: its answer as plain data, or the reason why there is none. Never repeated by us. */
import type { AgentFunction, JsonValue, McpServer } from '@earshot/contracts'
import type { CallToolResult } from '@modelcontextprotocol/client'
import type { HttpOutcome } from '../call-http.ts'
import type { Parameters } from '../fill-template.ts'
import { redactJson } from '../redact.ts'
import { type McpParts, withMcp } from './mcp-session.ts'

export type McpFunction = Extract<AgentFunction, { kind: 'mcp' }>

export async function callTool(
  server: McpServer,
  { tool, parameters: schema }: Pick<McpFunction, 'tool' | 'parameters'>,
  parameters: Parameters,
  parts: McpParts & { key: string },
): Promise<HttpOutcome> {
  const request = {
    method: 'POST',
    url: server.url,
    headers: server.headers.map(({ name }) => name),
    body: { tool, arguments: parameters },
  }
  const answer = await withMcp(server, parts, async (client, within, redact) => {
    const inputSchema = { ...(schema as object), type: 'object' as const }
    const result = await client.callTool(
      { name: tool, arguments: parameters, _meta: { 'earshot.dev/idempotency-key': parts.key } },
      { ...within, toolDefinition: { name: tool, inputSchema } },
    )
    return { isError: result.isError === true, value: redactJson(dataOf(result), redact) }
  })
  const { status } = answer
  if (!answer.ok) return { ok: false, result: answer.problem, request, status, tries: 1 }
  const { isError, value } = answer.value
  if (!isError) return { ok: true, result: value, request, status, tries: 1 }
  const said = (typeof value === 'string' ? value : JSON.stringify(value)).replace(/\s+/g, ' ').slice(0, 500)
  return { ok: false, result: said || 'The tool failed without saying why.', request, status, tries: 1 }
}

/** What is no text is named, not loaded: nothing of a server reaches a screen by itself. */
function dataOf({ structuredContent, content }: CallToolResult): JsonValue {
  if (structuredContent !== undefined) return structuredContent as JsonValue
  const pieces = content.map((block) => {
    if (block.type === 'text') return block.text
    if (block.type === 'resource_link') return `[${block.uri}]`
    if (block.type === 'resource') return 'text' in block.resource ? block.resource.text : `[${block.resource.uri}]`
    return `[${block.type} left out]`
  })
  const [only] = pieces
  return pieces.length === 1 && only !== undefined ? readJson(only) : pieces.join('\n')
}

/** Objects and lists only: a text that happens to be a number stays what was said. */
function readJson(text: string): JsonValue {
  if (!/^\s*[[{]/.test(text)) return text
  try {
    return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value))
  } catch {
    return text
  }
}
