/** An agent as its form edits it, and the way back to what the server takes. */
import type { Agent, AgentChange } from '@earshot/contracts'
import type { z } from 'zod'

export type AgentFields = {
  name: string
  company: string
  mode: Agent['mode']
  instructions: string
  /** One phrase a line, as typed. */
  handoffPhrases: string
  provider: Agent['model']['provider']
  baseUrl: string
  model: string
  temperature: number | null
  maxOutputTokens: number
  /** Write-only: null keeps what is stored. */
  key: string | null
}

export function fieldsOf(agent: Agent): AgentFields {
  const { provider, baseUrl, model, temperature, maxOutputTokens } = agent.model
  return {
    name: agent.name,
    company: agent.company ?? '',
    mode: agent.mode,
    instructions: agent.instructions,
    handoffPhrases: agent.handoffPhrases.join('\n'),
    provider,
    baseUrl: baseUrl ?? '',
    model: model ?? '',
    temperature,
    maxOutputTokens,
    key: null,
  }
}

/** What keeps the form from being saved: the field and nothing else; the words are the screen's. */
export function problemOf(fields: AgentFields): 'name' | 'baseUrl' | 'model' | 'maxOutputTokens' | null {
  if (fields.name.trim() === '') return 'name'
  if (!Number.isInteger(fields.maxOutputTokens) || fields.maxOutputTokens < 16 || fields.maxOutputTokens > 16_000) {
    return 'maxOutputTokens'
  }
  if (fields.provider === 'embedded') return null
  if (fields.model.trim() === '') return 'model'
  const needsUrl = fields.provider === 'openai-compatible'
  if (fields.baseUrl.trim() === '' ? needsUrl : !isHttp(fields.baseUrl.trim())) return 'baseUrl'
  return null
}

const isHttp = (url: string) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)

export function changeOf(edits: Partial<AgentFields>): z.input<typeof AgentChange> {
  const { company, handoffPhrases, provider, baseUrl, model, temperature, maxOutputTokens, key, ...rest } = edits
  const change: z.input<typeof AgentChange> = { ...rest }
  if (company !== undefined) change.company = company.trim() || null
  if (handoffPhrases !== undefined)
    change.handoffPhrases = handoffPhrases
      .split('\n')
      .map((p) => p.trim())
      .filter(Boolean)
  const ofModel = {
    provider,
    baseUrl: baseUrl === undefined ? undefined : baseUrl.trim() || null,
    model: model === undefined ? undefined : model.trim() || null,
    temperature,
    maxOutputTokens,
    // An emptied field removes the key.
    key: key === undefined || key === null ? undefined : key || null,
  }
  if (Object.values(ofModel).some((value) => value !== undefined)) change.model = ofModel
  return change
}
