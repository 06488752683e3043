/** Parts of an agent's document that act and remember: functions it may call, and fields it collects. */
import { z } from 'zod'
import { Id, Json, name, text } from './text.ts'

/** What a model calls a function, and what its entries are named. */
export const FunctionName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, 'lower case letters, digits and _, beginning with a letter')
  .meta({ examples: ['look_up_order'] })
/** The name a memory field has in `conversation.memory`. */
export const MemoryKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,49}$/, 'lower case letters, digits and _, beginning with a letter')
  .meta({ examples: ['order_id'] })
/** A sealed secret is named here; its value is written once and never read back. */
export const SecretName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/, 'letters, digits, _ and -, beginning with a letter')
  .meta({ examples: ['orders_token'] })

/** Whom a function calls is decided by who wrote it, never by a parameter. */
export const hasFixedHost = (url: string): boolean => /^https?:\/\/[^/?#{}\\@\s]+(?:[/?][^#]*)?$/i.test(url)

const address = z
  .url({ protocol: /^https?$/ })
  .max(1000)
  .meta({ examples: ['https://api.example.com/orders'] })

/** A header's value is plain text, or a sealed secret with text before it (`Bearer `). */
export const FunctionHeader = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,100}$/, 'letters, digits and -')
    .meta({ examples: ['Authorization'] }),
  value: text(1000).default(''),
  secret: SecretName.nullable()
    .default(null)
    .meta({ description: 'Put after `value`. Sent only to the host it was stored for.' }),
})

/** Where a part of a result goes. `from` is a JSON pointer into the result, such as `/order/status`. */
export const ResultMapping = z.strictObject({
  from: z
    .string()
    .max(300)
    .regex(/^(?:\/[^/]*)*$/, 'a JSON pointer such as /order/status')
    .meta({ examples: ['/order/status'] }),
  to: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('memory'), key: MemoryKey }),
    z.strictObject({ kind: z.literal('tag'), tag: name(60) }),
  ]),
})

const described = {
  id: Id.meta({ description: 'Stays the same when the function is renamed.' }),
  name: FunctionName,
  description: text(1000).default(''),
  on: z.boolean().default(true),
}
/** An object schema (JSON Schema) of what the model must give. */
const parameters = Json.default({ type: 'object', properties: {} }).meta({
  description: 'JSON Schema of the parameters, an object.',
  examples: [{ type: 'object', properties: {} }],
})

export const HttpFunction = z.strictObject({
  ...described,
  kind: z.literal('http'),
  parameters,
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('POST'),
  url: address.refine(hasFixedHost, 'a fixed host; parameters may stand in path and query').meta({
    description: 'Parameters in braces (`{order_id}`) are filled in, encoded; the host is never a parameter.',
  }),
  headers: z.array(FunctionHeader).max(20).default([]),
  body: Json.default(null).meta({
    description:
      'What POST, PUT and PATCH send: JSON in which `"{order_id}"` becomes the parameter. Null: the parameters as they are.',
  }),
  timeoutMs: z.int().min(500).max(30_000).default(10_000),
  maxBytes: z.int().min(1000).max(1_000_000).default(100_000).meta({ description: 'The longest answer that is read.' }),
  retries: z
    .int()
    .min(0)
    .max(3)
    .default(1)
    .meta({ description: 'Only for methods that may be repeated, and for GET.' }),
  mappings: z.array(ResultMapping).max(20).default([]),
})

export const BUILT_IN_FUNCTIONS = [
  'search_knowledge',
  'remember',
  'tag',
  'set_stage',
  'hand_off',
  'schedule_follow_up',
  'end_conversation',
] as const

export const BuiltInFunction = z.strictObject({
  ...described,
  kind: z.literal('builtin'),
  builtin: z.enum(BUILT_IN_FUNCTIONS),
})

/** A tool of a server that speaks the Model Context Protocol, as it was when somebody chose it. */
export const McpFunction = z.strictObject({
  ...described,
  name: FunctionName.meta({ description: "Begins with its server's name and _.", examples: ['shop_find_order'] }),
  kind: z.literal('mcp'),
  serverId: Id,
  tool: name(128).meta({ description: 'What the server calls it.', examples: ['find-order'] }),
  parameters,
  reads: z.boolean().default(false).meta({
    description: 'It changes nothing: trials may call it, and a call may be given up. Decided by a person.',
  }),
  fingerprint: z.string().max(64).default('').meta({
    description: 'Of what the server said about the tool when it was chosen; another one means that it changed.',
  }),
  mappings: z.array(ResultMapping).max(20).default([]),
})

/** Where tools come from. Reached over streamable HTTP through the guarded door. */
export const McpServer = z
  .strictObject({
    id: Id,
    name: z
      .string()
      .regex(/^[a-z][a-z0-9]{0,19}$/, 'lower case letters and digits, beginning with a letter')
      .meta({ description: 'The names of its functions begin with it.', examples: ['shop'] }),
    url: address
      .refine((url) => hasFixedHost(url) && !/[{}]/.test(url), 'a full address without parameters')
      .meta({ examples: ['https://tools.example.com/mcp'] }),
    headers: z.array(FunctionHeader).max(20).default([]),
    timeoutMs: z.int().min(500).max(60_000).default(20_000).meta({ description: 'The longest wait for one call.' }),
    maxBytes: z.int().min(1000).max(1_000_000).default(200_000),
    on: z.boolean().default(true),
  })
  .meta({ id: 'McpServer' })
export type McpServer = z.output<typeof McpServer>

export const AgentFunction = z
  .discriminatedUnion('kind', [HttpFunction, BuiltInFunction, McpFunction])
  .meta({ id: 'AgentFunction' })
export type AgentFunction = z.output<typeof AgentFunction>

export const MemoryField = z
  .strictObject({
    key: MemoryKey,
    name: name(100),
    description: text(500).default('').meta({ description: 'What a model reads about it.' }),
    type: z.enum(['text', 'name', 'email', 'phone', 'number', 'date', 'yes_no', 'choice', 'order_id']).default('text'),
    required: z.boolean().default(false),
    choices: z.array(name(100)).max(50).default([]).meta({ description: 'The values of `choice`.' }),
    pattern: z.string().max(100).default('').meta({
      description: 'A simple form: A a letter, 9 a digit, * either, ? optional before; anything else itself.',
    }),
    least: z.number().nullable().default(null),
    most: z.number().nullable().default(null),
    on: z.boolean().default(true),
  })
  .meta({ id: 'MemoryField' })
export type MemoryField = z.output<typeof MemoryField>
