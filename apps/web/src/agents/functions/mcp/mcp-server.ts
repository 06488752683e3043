/** Servers of the Model Context Protocol in an agent's document, as their form edits them: their tools, chosen, taken out, and compared. */
import type { AgentConfig, AgentFunction, JsonValue, McpServer, McpTool } from '@earshot/contracts'
import { isFixedAddress } from '../http-function.ts'

export type McpFunction = Extract<AgentFunction, { kind: 'mcp' }>

export const emptyServer = (): McpServer => ({
  id: crypto.randomUUID(),
  name: '',
  url: '',
  headers: [],
  timeoutMs: 20_000,
  maxBytes: 200_000,
  on: true,
})

export const isServerName = (name: string): boolean => /^[a-z][a-z0-9]{0,19}$/.test(name)
export const isServerAddress = (url: string): boolean => isFixedAddress(url) && !/[{}]/.test(url)
export const isServerComplete = ({ name, url, headers }: McpServer): boolean =>
  isServerName(name) && isServerAddress(url) && headers.every((header) => header.name !== '')

export const toolsOf = (functions: readonly AgentFunction[], { id }: McpServer): McpFunction[] =>
  functions.filter((one): one is McpFunction => one.kind === 'mcp' && one.serverId === id)

/** What a model calls a tool: its server's name, and its own in the letters that are allowed. */
export const functionNameOf = ({ name }: McpServer, tool: string): string =>
  `${name}_${tool
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')}`
    .replace(/_+$/, '')
    .slice(0, 63)

/** A name that no other function has. */
export function chosenTool(server: McpServer, tool: McpTool, functions: readonly AgentFunction[]): McpFunction {
  const name = functionNameOf(server, tool.tool)
  const isTaken = (wanted: string) => functions.some((one) => one.name === wanted)
  const names = [name, ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `${name.slice(0, 61)}_${n}`)]
  return {
    id: crypto.randomUUID(),
    kind: 'mcp',
    name: names.find((wanted) => !isTaken(wanted)) ?? name,
    on: true,
    serverId: server.id,
    tool: tool.tool,
    mappings: [],
    ...wordsOf(tool),
  }
}

/** What the server says about a tool, for the document. */
export const wordsOf = ({ description, parameters, reads, fingerprint }: McpTool) => ({
  description,
  parameters: parameters as JsonValue,
  reads,
  fingerprint,
})

/** What came of a chosen tool at its server, as far as the server was asked. */
export function stateOf(chosen: McpFunction, listed: readonly McpTool[] | undefined): 'same' | 'changed' | 'gone' {
  if (!listed) return 'same'
  const now = listed.find(({ tool }) => tool === chosen.tool)
  if (!now) return 'gone'
  return now.fingerprint === chosen.fingerprint ? 'same' : 'changed'
}

/** Its functions go by the server's name, so they follow it. */
export function renamed(config: AgentConfig, next: McpServer): Pick<AgentConfig, 'mcpServers' | 'functions'> {
  const before = config.mcpServers.find(({ id }) => id === next.id)
  const rest = (name: string) => name.slice((before?.name.length ?? 0) + 1)
  return {
    mcpServers: config.mcpServers.map((one) => (one.id === next.id ? next : one)),
    functions: config.functions.map((one) =>
      one.kind === 'mcp' && one.serverId === next.id
        ? { ...one, name: `${next.name}_${rest(one.name)}`.slice(0, 63) }
        : one,
    ),
  }
}

/** A flow that named a function which is gone would be refused. */
export function without(config: AgentConfig, gone: ReadonlySet<string>): Pick<AgentConfig, 'functions' | 'flows'> {
  return {
    functions: config.functions.filter(({ id }) => !gone.has(id)),
    flows: config.flows.map((flow) => ({
      ...flow,
      functionIds: flow.functionIds?.filter((id) => !gone.has(id)) ?? null,
    })),
  }
}
