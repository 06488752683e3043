/** What keeps a document from being saved, as a screen can tell before it asks the server. */
import type { AgentConfig } from '@earshot/contracts'
import { isAddress as isCallable } from '../external/is-address.ts'
import { isFixedAddress, isFunctionName } from '../functions/http-function.ts'
import { isServerComplete } from '../functions/mcp/mcp-server.ts'
import { isKey } from '../memory/field-key.ts'
import { isVoiceWrong } from '../voice/voice-problem.ts'

export type Problem =
  | 'name'
  | 'model'
  | 'address'
  | 'external'
  | 'flowName'
  | 'flowTwice'
  | 'situation'
  | 'topic'
  | 'function'
  | 'mcpServer'
  | 'memoryField'
  | 'voice'

export function problemsOf(config: AgentConfig): Problem[] {
  const { profile, model, flows, situations, handoff, external } = config
  const models = [model, ...(model.fallback ? [model.fallback] : [])].filter(({ provider }) => provider !== 'embedded')
  const names = flows.map(({ name }) => name.trim().toLowerCase())
  const found: [boolean, Problem][] = [
    [profile.name.trim() === '', 'name'],
    [models.some((one) => (one.model ?? '').trim() === ''), 'model'],
    [models.some((one) => !isAddress(one)), 'address'],
    [external !== null && !isCallable(external.url), 'external'],
    [names.includes(''), 'flowName'],
    [new Set(names).size < names.length, 'flowTwice'],
    [situations.some(({ trigger }) => trigger.trim() === ''), 'situation'],
    [handoff.topic.topics.some(({ name }) => name.trim() === ''), 'topic'],
    [areFunctionsWrong(config), 'function'],
    [areServersWrong(config), 'mcpServer'],
    [areFieldsWrong(config), 'memoryField'],
    [isVoiceWrong(config.voice), 'voice'],
  ]
  return found.flatMap(([isWrong, problem]) => (isWrong ? [problem] : []))
}

function areFunctionsWrong({ functions }: AgentConfig): boolean {
  const isWrong = (one: AgentConfig['functions'][number]) =>
    !isFunctionName(one.name) ||
    (one.kind === 'http' && (!isFixedAddress(one.url) || one.headers.some(({ name }) => name === '')))
  return functions.some(isWrong) || new Set(functions.map(({ name }) => name)).size < functions.length
}

function areServersWrong({ mcpServers: servers }: AgentConfig): boolean {
  return !servers.every(isServerComplete) || new Set(servers.map(({ name }) => name)).size < servers.length
}

function areFieldsWrong({ memoryFields: fields }: AgentConfig): boolean {
  const isWrong = fields.some(({ key, name }) => !isKey(key) || name.trim() === '')
  return isWrong || new Set(fields.map(({ key }) => key)).size < fields.length
}

/** Whoever speaks the OpenAI protocol has an address; Anthropic has its own. */
function isAddress({ provider, baseUrl }: { provider: string; baseUrl: string | null }): boolean {
  if (baseUrl === null) return provider === 'anthropic'
  return URL.canParse(baseUrl) && /^https?:$/.test(new URL(baseUrl).protocol)
}
