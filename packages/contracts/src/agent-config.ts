/** What an agent is, as one document. Every save of it is a version. Secrets are never inside: they are sealed apart and named here. */
import { z } from 'zod'
import { AgentFunction, McpServer, MemoryField } from './agent-functions.ts'
import { handoffConfig } from './agent-handoff.ts'
import { AgentVoice } from './agent-voice.ts'
import { AgentMode, ChannelKind } from './conversations.ts'
import { Id, name, text } from './text.ts'

export const Provider = z.enum(['embedded', 'openai-compatible', 'anthropic']).meta({
  id: 'Provider',
  description: '`embedded` answers from the knowledge base without any model.',
})
export type Provider = z.infer<typeof Provider>

const dollars = z.number().min(0).max(10_000)
const words = (most: number) => z.array(name(100)).max(most)
const address = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .meta({ examples: ['https://models.example.com/v1'] })

const profile = z.strictObject({
  name: name(100),
  company: name(100).nullable().default(null).meta({ description: 'Null: the workspace.' }),
  avatarFileId: Id.nullable().default(null).meta({ description: 'An uploaded image.' }),
  languages: z.array(z.string().max(20)).max(50).default([]),
  mode: AgentMode.default('active'),
})

/** When this agent answers by itself; at other times the conversation waits for a person. */
const hours = z.strictObject({ answers: z.enum(['always', 'in_hours', 'out_of_hours']).default('always') }).prefault({})

const modelAddress = {
  baseUrl: address.nullable().default(null),
  inputPricePerMillion: dollars.nullable().default(null).meta({
    description: 'US dollars a million input tokens; without it cost is 0.',
  }),
  outputPricePerMillion: dollars.nullable().default(null),
}
const FallbackModel = z.strictObject({
  provider: z.enum(['embedded', 'openai-compatible', 'anthropic']),
  model: name(200).nullable().default(null),
  ...modelAddress,
})
const model = z
  .strictObject({
    provider: Provider.default('embedded'),
    model: name(200).nullable().default(null),
    ...modelAddress,
    temperature: z.number().min(0).max(2).nullable().default(null),
    maxOutputTokens: z.int().min(16).max(16_000).default(1000),
    firstWordSeconds: z.int().min(1).max(60).default(15).meta({ description: 'Longest wait for the first word.' }),
    answerSeconds: z.int().min(5).max(300).default(60).meta({ description: 'Longest wait for the last word.' }),
    steps: z.int().min(1).max(10).default(4).meta({ description: 'Rounds of function calls in one answer.' }),
    fallback: FallbackModel.nullable().default(null).meta({
      description: 'Answers when the model failed after its retries.',
    }),
  })
  .prefault({})

const spend = z
  .strictObject({
    tokens: z.int().min(1).max(1_000_000_000).nullable().default(null),
    costUsd: dollars.nullable().default(null),
  })
  .prefault({})
/** What the model may use. Null is no limit. */
const budget = z
  .strictObject({
    conversation: spend,
    day: spend.meta({ description: 'All conversations of this agent, from midnight UTC.' }),
    atLimit: z.enum(['hand_off', 'embedded', 'stop']).default('hand_off').meta({
      description:
        'At the limit: ask for a person, answer from the articles without a model, or fall silent and say so once.',
    }),
  })
  .prefault({})

const byModel = z.strictObject({
  by: z.literal('model'),
  description: text(1000).meta({ description: 'When to use it; the model decides by this.' }),
})
export const FlowCondition = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('rule'),
    words: words(50).default([]).meta({ description: 'Any of these in what the contact says. Empty: any words.' }),
    channels: z.array(ChannelKind).max(20).default([]).meta({ description: 'Only there. Empty: everywhere.' }),
  }),
  byModel,
])

export const Flow = z
  .strictObject({
    id: Id.meta({ description: 'Stays the same when the flow is renamed; conversations name it.' }),
    name: name(100),
    on: z.boolean().default(true),
    when: FlowCondition,
    instructions: text(20_000).default(''),
    functionIds: z
      .array(Id)
      .max(64)
      .nullable()
      .default(null)
      .meta({ description: 'Null: all functions of the agent.' }),
  })
  .meta({ id: 'Flow' })
export type Flow = z.output<typeof Flow>

export const Situation = z
  .strictObject({
    id: Id,
    trigger: name(500).meta({ description: 'What happens, in words.' }),
    words: words(50).default([]).meta({ description: 'Any of these in a message means it happened, without a model.' }),
    act: text(4000).default('').meta({ description: 'How to act.' }),
    limit: z.int().min(1).max(20).nullable().default(null).meta({
      description: 'A person is called when it happens this many times in one conversation. Null: never.',
    }),
    on: z.boolean().default(true),
  })
  .meta({ id: 'Situation' })
export type Situation = z.output<typeof Situation>

const knowledge = z
  .strictObject({
    scope: z.enum(['all', 'folders', 'none']).default('all'),
    folderIds: z.array(Id).max(200).default([]),
  })
  .prefault({})

/** The agent lives elsewhere: its words come from this address, signed both ways. */
const external = z
  .strictObject({
    url: address,
    timeoutMs: z.int().min(1000).max(120_000).default(30_000),
    retries: z.int().min(0).max(5).default(2),
  })
  .nullable()
  .default(null)

const sections = z.strictObject({
  profile,
  hours,
  model,
  external,
  budget,
  instructions: text(20_000).default(''),
  flows: z.array(Flow).max(50).default([]),
  situations: z.array(Situation).max(100).default([]),
  handoff: handoffConfig,
  functions: z.array(AgentFunction).max(64).default([]),
  mcpServers: z.array(McpServer).max(10).default([]),
  memoryFields: z.array(MemoryField).max(50).default([]),
  knowledge,
  voice: AgentVoice,
})

/** An agent of which nothing but the name is known answers from the articles, with every default. */
export const AgentConfig = sections
  .superRefine((config, ctx) => {
    const refuse = (path: (string | number)[], message: string) => ctx.addIssue({ code: 'custom', path, message })
    for (const { path, message } of clashesOf(config)) refuse(path, message)
  })
  .meta({ id: 'AgentConfig' })
export type AgentConfig = z.output<typeof sections>
export type AgentConfigInput = z.input<typeof sections>
/** The sections of the document, in the order screens show them. */
export type AgentSection = keyof AgentConfig

interface Clash {
  path: (string | number)[]
  message: string
}

function clashesOf(config: AgentConfig): Clash[] {
  const clashes: Clash[] = [
    ...twice(config.flows, 'flows', 'id'),
    ...twice(config.flows, 'flows', 'name'),
    ...twice(config.situations, 'situations', 'id'),
    ...twice(config.functions, 'functions', 'id'),
    ...twice(config.functions, 'functions', 'name'),
    ...twice(config.mcpServers, 'mcpServers', 'id'),
    ...twice(config.mcpServers, 'mcpServers', 'name'),
    ...homeless(config),
    ...twice(config.memoryFields, 'memoryFields', 'key'),
  ]
  if (config.voice.by === 'media_streams' && !config.voice.bot)
    clashes.push({ path: ['voice', 'bot'], message: 'say where the bot is' })
  const { provider, model, fallback } = config.model
  if (provider !== 'embedded' && !model) clashes.push({ path: ['model', 'model'], message: 'name the model to use' })
  if (fallback && fallback.provider !== 'embedded' && !fallback.model)
    clashes.push({ path: ['model', 'fallback', 'model'], message: 'name the model to use' })
  const functions = new Set(config.functions.map(({ id }) => id))
  config.flows.forEach(({ functionIds }, i) => {
    const unknown = (functionIds ?? []).findIndex((id) => !functions.has(id))
    if (unknown >= 0) clashes.push({ path: ['flows', i, 'functionIds', unknown], message: 'no function of this agent' })
  })
  return clashes
}

/** A tool belongs to a server of the document, and says so by its name: no server speaks in another's. */
const homeless = ({ functions, mcpServers }: AgentConfig): Clash[] =>
  functions.flatMap((own, i) => {
    if (own.kind !== 'mcp') return []
    const server = mcpServers.find(({ id }) => id === own.serverId)
    if (!server) return [{ path: ['functions', i, 'serverId'], message: 'no server of this agent' }]
    if (own.name.startsWith(`${server.name}_`)) return []
    return [{ path: ['functions', i, 'name'], message: `begins with ${server.name}_` }]
  })

/** The second of two that share what tells them apart. */
function twice<T extends object, K extends keyof T & string>(items: T[], section: string, key: K): Clash[] {
  const seen = new Set<string>()
  return items.flatMap((item, i) => {
    const value = String(item[key]).toLowerCase()
    if (!seen.has(value)) {
      seen.add(value)
      return []
    }
    return [{ path: [section, i, key], message: 'is there twice' }]
  })
}

/** The document of a new agent. */
export const defaultAgentConfig = (agentName: string): AgentConfig => sections.parse({ profile: { name: agentName } })
