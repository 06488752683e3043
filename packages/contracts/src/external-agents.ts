/** Agents that live elsewhere: what they are sent, what they may answer, at once, by a stream or later, and their secret. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { FunctionCall } from './entries.ts'
import { Done, IdParams, Json, MAX_MESSAGE, name, text, UtcTime } from './text.ts'

const said = text(MAX_MESSAGE).meta({ examples: ['It arrives on Friday.'] })
const tokens = z.int().min(0).max(1_000_000_000)

/** What an answer cost where it was made. */
export const ExternalUsage = z.object({
  inputTokens: tokens.default(0),
  outputTokens: tokens.default(0),
  costUsd: z.number().min(0).max(10_000).default(0),
})
/** A person is asked for; with words they are said first. */
export const ExternalHandoff = z.object({ reason: text(500).default('') })
/** Whole messages, said in one breath. In a reply unknown fields are ignored; a later answer with some is refused. */
export const ExternalAnswer = z
  .object({
    messages: z
      .array(z.object({ text: said }))
      .max(20)
      .default([]),
    memory: z.record(z.string().max(50), Json).default({}),
    tools: z.array(FunctionCall).max(20).default([]),
    handoff: ExternalHandoff.nullable().default(null),
    usage: ExternalUsage.nullable().default(null),
  })
  .meta({
    id: 'ExternalAnswer',
    description: 'What an external agent answers: words, and whatever else it wants done.',
  })
export type ExternalAnswer = z.output<typeof ExternalAnswer>

const write = { role: 'admin', scope: 'agents' } as const

export const getAgentSigning = endpoint({
  id: 'agents.getSigning',
  method: 'GET',
  path: '/api/v1/agents/:id/signing',
  summary: 'Tell whether an external agent has a signing secret, and since when',
  access: write,
  params: IdParams,
  reply: z.object({ since: UtcTime.nullable(), previousUntil: UtcTime.nullable() }),
  errors: ['agent.not_found'],
})
/** The one before goes on signing beside it for a day, so that nothing breaks while it is put in place. */
export const rotateAgentSigning = endpoint({
  id: 'agents.rotateSigning',
  method: 'POST',
  path: '/api/v1/agents/:id/signing',
  summary: 'Make a signing secret for an external agent; it is shown this once',
  access: write,
  params: IdParams,
  reply: z.object({
    secret: z.string().meta({ description: 'As Standard Webhooks writes it: `whsec_` and base64.' }),
    since: UtcTime,
    previousUntil: UtcTime.nullable(),
  }),
  errors: ['agent.not_found'],
})
/** Sends one sentence, signed as in a conversation, and tells what came back. */
export const testExternalAgent = endpoint({
  id: 'agents.testExternal',
  method: 'POST',
  path: '/api/v1/agents/:id/external/test',
  summary: 'Ask an external agent one thing at an address, and report what happened',
  access: write,
  params: IdParams,
  body: z.strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .meta({ examples: ['https://agent.example.com/earshot'] }),
    text: name(1000),
  }),
  reply: z.object({
    ok: z.boolean(),
    answeredBy: z.enum(['json', 'stream', 'later']).nullable(),
    text: z.string().nullable(),
    handoff: z.string().nullable().meta({ description: 'Why it asks for a person.' }),
    error: z.string().nullable(),
    durationMs: z.int(),
  }),
  errors: ['agent.not_found'],
  repeatsSafely: true,
})
/** The token names one turn of one conversation, holds as long as the turn waits, and answers once. */
export const answerLater = endpoint({
  id: 'agentReplies.create',
  method: 'POST',
  path: '/api/v1/agent-replies/:id',
  summary: 'Give the answer that an external agent promised with 202',
  access: 'public',
  params: z.strictObject({
    id: z
      .string()
      .regex(/^[\w-]{22}\.[\w-]{22}\.[\w-]{32}$/, 'not a token of a reply')
      .meta({ description: 'The token: the end of `reply_url`.' }),
  }),
  body: z.strictObject(ExternalAnswer.shape).meta({ id: 'LaterAnswer' }),
  maxBytes: 512 * 1024,
  reply: Done,
  errors: ['agent_reply.not_found', 'agent_reply.used', 'agent_reply.over', 'control.stale'],
  repeatsSafely: true,
})
