/** Which functions a model is offered in a turn: those of the agent's list that are on, and of the flow's; nothing else can run. */
import type {
  AgentConfig,
  AgentFunction,
  BUILT_IN_FUNCTIONS,
  JsonValue,
  McpServer,
  MemoryField,
} from '@earshot/contracts'
import type { Outcome } from './outcome.ts'
import type { Schema } from './parameters.ts'

export type BuiltIn = (typeof BUILT_IN_FUNCTIONS)[number]
type HttpFunction = Extract<AgentFunction, { kind: 'http' }>
type McpFunction = Extract<AgentFunction, { kind: 'mcp' }>

export type Offered = { name: string; description: string; parameters: Schema } & (
  | { kind: 'http'; settings: HttpFunction }
  | { kind: 'mcp'; settings: McpFunction; server: McpServer }
  | { kind: 'builtin'; builtin: BuiltIn }
  /** By which a model tells what it noticed; no part of the agent's list. */
  | { kind: 'own'; run(parameters: Record<string, JsonValue>): Promise<Outcome> | Outcome }
)

/** The part of an agent's document that this is about. */
export type FunctionConfig = Pick<AgentConfig, 'functions' | 'mcpServers' | 'memoryFields'>

/** Every agent may look things up, write down what it collects, and call a person, unless its list switches that off. */
const WITHOUT_ASKING: readonly BuiltIn[] = ['search_knowledge', 'remember', 'hand_off']

/** `flow` is the list of the conversation's flow; null: all of the agent's. `stages` are those of the workspace. */
export function offeredFunctions(config: FunctionConfig, flow: string[] | null, stages: string[]): Offered[] {
  const { functions } = config
  const facts = { fields: config.memoryFields.filter(({ on }) => on), stages }
  const listed = functions.filter((own) => own.on && (flow === null || flow.includes(own.id)))
  const implied = WITHOUT_ASKING.filter(
    (builtin) => !functions.some((own) => own.kind === 'builtin' && own.builtin === builtin),
  )
  const all = [
    ...implied.map((builtin) => offerBuiltIn(builtin, builtin, '', facts)),
    ...listed.flatMap((own) => {
      if (own.kind === 'builtin') return [offerBuiltIn(own.builtin, own.name, own.description, facts)]
      return own.kind === 'http' ? [offerHttp(own)] : offerTool(own, config.mcpServers)
    }),
  ]
  const useful = all.filter(
    (offer) => offer.kind !== 'builtin' || offer.builtin !== 'remember' || facts.fields.length > 0,
  )
  // A name means one function: the first, so that none of the list takes the place of one that every agent has.
  return useful.filter(({ name }, i) => useful.findIndex((other) => other.name === name) === i)
}

interface Facts {
  fields: MemoryField[]
  stages: string[]
}

const offerHttp = (settings: HttpFunction): Offered => ({
  kind: 'http',
  name: settings.name,
  description: settings.description,
  parameters: settings.parameters as Schema,
  settings,
})

/** Nothing of a server that is switched off. The words are those that were chosen: a server cannot change them behind our back. */
function offerTool(settings: McpFunction, servers: McpServer[]): Offered[] {
  const server = servers.find(({ id, on }) => on && id === settings.serverId)
  const { name, description } = settings
  return server ? [{ kind: 'mcp', name, description, parameters: settings.parameters as Schema, settings, server }] : []
}

function offerBuiltIn(builtin: BuiltIn, name: string, own: string, facts: Facts): Offered {
  const { description, properties } = SCHEMAS[builtin](facts)
  const parameters = { type: 'object', properties, required: Object.keys(properties) }
  return { kind: 'builtin', builtin, name, description: [description, own].filter(Boolean).join(' '), parameters }
}

const words = (most: number, description: string): JsonValue => ({
  type: 'string',
  minLength: 1,
  maxLength: most,
  description,
})

const SCHEMAS: Record<BuiltIn, (facts: Facts) => { description: string; properties: { [name: string]: JsonValue } }> = {
  search_knowledge: () => ({
    description: 'Search the company’s knowledge base. Use it when the passages given do not answer the question.',
    properties: { query: words(500, 'A few words of what to look for, in the language of the articles') },
  }),
  remember: ({ fields }) => ({
    description: `Write down what the customer told about themselves, as soon as they do. Fields: ${fields.map(describeField).join('; ')}`,
    properties: {
      field: { type: 'string', enum: fields.map(({ key }) => key) },
      value: words(1000, 'The value alone'),
    },
  }),
  tag: () => ({
    description: 'Put a tag on the conversation, for the team.',
    properties: { tag: words(64, 'One or two words') },
  }),
  set_stage: ({ stages }) => ({
    description: 'Move the conversation to another stage of the company’s pipeline.',
    properties: { stage: { type: 'string', enum: stages } },
  }),
  hand_off: () => ({
    description: 'Hand the conversation to a person of the team. Say nothing after it: the customer is told.',
    properties: { reason: words(500, 'Why, in one sentence, for the team') },
  }),
  schedule_follow_up: () => ({
    description:
      'Promise to write again later, when the customer asked for it or something has to be waited for. One message per conversation; it is not sent if the customer writes before, or a person takes over.',
    properties: {
      text: words(1000, 'What will be written then, ready to be read'),
      after_minutes: { type: 'integer', minimum: 5, maximum: 20_160, description: 'From now; at most two weeks' },
    },
  }),
  end_conversation: () => ({
    description: 'End the conversation after your answer, when the customer has said that everything is settled.',
    properties: { reason: words(500, 'Why, in one sentence, for the team') },
  }),
}

function describeField({ key, name, description, type, choices }: MemoryField): string {
  const form = type === 'choice' ? `one of ${choices.join(', ')}` : type.replace('_', ' ')
  return `${key} (${name}, ${form}${description ? `: ${description}` : ''})`
}
