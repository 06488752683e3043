/** Agents: who answers by itself, how, and with which model. */
import { z } from 'zod'
import { Provider } from './agent-config.ts'
import { AgentMode } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { Done, Id, IdParams, name, PageQuery, page, text, UtcTime, yesNo } from './text.ts'

export const AgentModel = z.object({
  provider: Provider,
  baseUrl: z.string().nullable(),
  model: z.string().nullable(),
  temperature: z.number().nullable(),
  maxOutputTokens: z.int(),
  inputPricePerMillion: z
    .number()
    .nullable()
    .meta({ description: 'US dollars a million input tokens; without it cost is 0.' }),
  outputPricePerMillion: z.number().nullable(),
  hasKey: z.boolean().meta({ description: 'Keys are write-only and stored encrypted.' }),
})

export const Agent = z
  .object({
    id: Id,
    name: z.string(),
    company: z.string().nullable(),
    mode: AgentMode,
    languages: z.array(z.string()),
    instructions: z.string(),
    model: AgentModel,
    handoffPhrases: z
      .array(z.string())
      .meta({ description: 'Words that ask for a human at once, besides the built-in ones.' }),
    version: z.int().meta({ description: 'The version in force; each save of the document is one.' }),
    avatarUrl: z.string().nullable().meta({ description: 'Opens for a day.' }),
    createdAt: UtcTime,
    updatedAt: UtcTime,
    archivedAt: UtcTime.nullable(),
  })
  .meta({ id: 'Agent' })
export type Agent = z.infer<typeof Agent>

const ModelChange = z.strictObject({
  provider: Provider.optional(),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable()
    .optional(),
  model: name(200).nullable().optional(),
  temperature: z.number().min(0).max(2).nullable().optional(),
  maxOutputTokens: z.int().min(16).max(16_000).optional(),
  inputPricePerMillion: z.number().min(0).max(10_000).nullable().optional(),
  outputPricePerMillion: z.number().min(0).max(10_000).nullable().optional(),
  key: z
    .string()
    .min(1)
    .max(500)
    .nullable()
    .optional()
    .meta({ description: 'Write-only. Cleared when `baseUrl` or `provider` changes without it.' }),
})

export const AgentChange = z.strictObject({
  name: name(100).optional(),
  company: name(100).nullable().optional(),
  mode: AgentMode.optional(),
  languages: z.array(z.string().max(20)).max(50).optional(),
  instructions: text(20_000).optional(),
  handoffPhrases: z.array(name(100)).max(100).optional(),
  model: ModelChange.optional(),
})

const read = { role: 'viewer', scope: 'agents' } as const
const write = { role: 'admin', scope: 'agents' } as const

export const listAgents = endpoint({
  id: 'agents.list',
  method: 'GET',
  path: '/api/v1/agents',
  summary: 'List agents',
  access: read,
  query: z.strictObject({
    ...PageQuery,
    archived: yesNo.meta({ description: 'Those in the archive instead of those at work.' }),
  }),
  reply: page(Agent),
})
export const getAgent = endpoint({
  id: 'agents.get',
  method: 'GET',
  path: '/api/v1/agents/:id',
  summary: 'Read one agent',
  access: read,
  params: IdParams,
  reply: Agent,
  errors: ['agent.not_found'],
})
export const createAgent = endpoint({
  id: 'agents.create',
  method: 'POST',
  path: '/api/v1/agents',
  summary: 'Create an agent',
  access: write,
  body: AgentChange.extend({ name: name(100) }),
  maxBytes: 256 * 1024,
  reply: Agent,
  status: 201,
  errors: ['agent.address_refused'],
})
export const changeAgent = endpoint({
  id: 'agents.change',
  method: 'PATCH',
  path: '/api/v1/agents/:id',
  summary: 'Change an agent',
  access: write,
  params: IdParams,
  body: AgentChange,
  maxBytes: 256 * 1024,
  reply: Agent,
  errors: ['agent.not_found', 'agent.address_refused'],
})
export const archiveAgent = endpoint({
  id: 'agents.archive',
  method: 'DELETE',
  path: '/api/v1/agents/:id',
  summary: 'Archive an agent; its conversations stay',
  access: write,
  params: IdParams,
  reply: Done,
  errors: ['agent.not_found'],
})
/** Says one sentence to the model and tells what came back, or the provider's own error. */
export const testAgent = endpoint({
  id: 'agents.test',
  method: 'POST',
  path: '/api/v1/agents/:id/test',
  summary: "Ask the agent's model one thing and report what happened",
  access: write,
  params: IdParams,
  body: z.strictObject({ text: name(1000) }),
  reply: z.object({
    ok: z.boolean(),
    text: z.string().nullable(),
    error: z.string().nullable().meta({ description: "The provider's own words, shortened and without secrets." }),
    durationMs: z.int(),
    tokens: z.object({ input: z.int(), output: z.int() }),
  }),
  errors: ['agent.not_found'],
  repeatsSafely: true,
})
