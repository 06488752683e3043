/** Trying agents out: talking to a draft beside its trace, and replaying past conversations against it. Nothing of it is a conversation. */
import { z } from 'zod'
import { AgentConfig } from './agent-config.ts'
import { endpoint } from './endpoint.ts'
import { Citation, FunctionCall } from './entries.ts'
import { JobState } from './jobs.ts'
import { Id, IdParams, Json, PageQuery, page, text, UtcTime } from './text.ts'

const milliseconds = z.int().nonnegative()
const tokens = z.int().nonnegative()

/** One step of making an answer, in the order in which they began. */
export const TraceStep = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('search'),
      query: z.string(),
      passages: z.array(
        z.object({
          articleId: Id,
          title: z.string(),
          heading: z.string(),
          text: z.string(),
          score: z.number(),
          used: z.boolean().meta({ description: 'The answer rests on it.' }),
        }),
      ),
      durationMs: milliseconds,
    }),
    z.object({
      kind: z.literal('prompt'),
      instructions: z.string(),
      messages: z.array(z.object({ role: z.string(), text: z.string() })),
    }),
    z.object({
      kind: z.literal('model'),
      model: z.string(),
      inputTokens: tokens,
      outputTokens: tokens,
      durationMs: milliseconds,
      error: z.string().nullable(),
    }),
    z.object({ kind: z.literal('external'), host: z.string(), durationMs: milliseconds, error: z.string().nullable() }),
    z.object({ kind: z.literal('function'), call: FunctionCall }),
  ])
  .meta({ id: 'TraceStep' })
export type TraceStep = z.infer<typeof TraceStep>

export const TriedAnswer = z
  .object({
    text: z.string().nullable().meta({ description: 'Null: nothing is said, or it failed.' }),
    handoff: z.object({ reason: z.string(), announcement: z.string() }).nullable(),
    error: z.string().nullable(),
    citations: z.array(Citation),
    note: z
      .record(z.string(), Json)
      .nullable()
      .meta({ description: 'To be sent back with this answer in the next turn.' }),
    trace: z.array(TraceStep),
    tokens: z.object({ input: tokens, output: tokens }),
    costUsd: z.number(),
    durationMs: milliseconds,
  })
  .meta({ id: 'TriedAnswer' })
export type TriedAnswer = z.infer<typeof TriedAnswer>

/** Which document answers: one that is not saved, one of the versions, or, when both are left out, the one in force. */
const which = {
  config: AgentConfig.optional().meta({ description: 'A document that need not be saved.' }),
  version: z.int().min(1).max(1_000_000).optional(),
}
const write = { role: 'admin', scope: 'agents' } as const
/** What people said is read again: more than the right to change agents. */
const review = { role: 'admin', scope: 'admin' } as const
const DOCUMENT_BYTES = 1024 * 1024

export const tryAgent = endpoint({
  id: 'agents.try',
  method: 'POST',
  path: '/api/v1/agents/:id/playground',
  summary: 'Let a draft or a version of an agent answer, and see how it came to its answer; nothing is sent or kept',
  access: write,
  params: IdParams,
  body: z.strictObject({
    ...which,
    messages: z
      .array(
        z.strictObject({
          author: z.enum(['contact', 'agent', 'operator']),
          text: text(16_000),
          note: z.record(z.string(), Json).nullable().default(null),
        }),
      )
      .min(1)
      .max(100)
      .meta({ description: 'The talk so far, oldest first.' }),
    confirmed: z
      .array(z.string().max(64))
      .max(64)
      .default([])
      .meta({ description: 'Functions that may change something outside and shall be called all the same.' }),
  }),
  maxBytes: DOCUMENT_BYTES,
  reply: TriedAnswer,
  errors: ['agent.not_found', 'agent.version_not_found'],
  repeatsSafely: true,
})

export const REPLAY_MARKS = [
  'equal',
  'changed',
  'now_answered',
  'no_longer_answered',
  'fewer_handoffs',
  'more_handoffs',
  'failed',
] as const
export const ReplayMark = z.enum(REPLAY_MARKS)
export type ReplayMark = z.infer<typeof ReplayMark>

const Side = z.object({
  text: z.string().nullable(),
  by: z.enum(['agent', 'operator', 'nobody']),
  handoff: z.string().nullable().meta({ description: 'The reason a person was asked for.' }),
  unanswered: z.boolean().meta({ description: 'It said that it found nothing.' }),
})
export const ReplayTurn = z
  .object({
    position: z.int().meta({ description: 'Of the last message it answers.' }),
    question: z.string(),
    before: Side,
    after: Side.extend({
      error: z.string().nullable(),
      citations: z.array(Citation),
      functions: z.array(FunctionCall),
      tokens: z.object({ input: tokens, output: tokens }),
      costUsd: z.number(),
      durationMs: milliseconds,
    }),
    mark: ReplayMark,
  })
  .meta({ id: 'ReplayTurn' })
export type ReplayTurn = z.infer<typeof ReplayTurn>

const beforeAndAfter = z.object({ before: z.number(), after: z.number() })
export const Replay = z
  .object({
    id: Id,
    agentId: Id,
    version: z.int().nullable().meta({ description: 'Null: a document that was not saved.' }),
    jobId: Id.meta({ description: 'Its job: follow it for progress, cancel it there.' }),
    state: JobState,
    done: z.int(),
    total: z.int(),
    createdAt: UtcTime,
    createdBy: z.string(),
    summary: z.object({
      questions: z.int(),
      marks: z.partialRecord(ReplayMark, z.int()),
      unanswered: beforeAndAfter,
      handoffs: beforeAndAfter,
      costUsd: beforeAndAfter,
    }),
  })
  .meta({ id: 'Replay' })
export type Replay = z.infer<typeof Replay>

export const ReplayedConversation = z
  .object({
    conversationId: Id,
    number: z.int(),
    title: z.string().nullable(),
    contact: z.string().nullable(),
    startedAt: UtcTime,
    finished: z.boolean(),
    turns: z.array(ReplayTurn),
  })
  .meta({ id: 'ReplayedConversation' })
export type ReplayedConversation = z.infer<typeof ReplayedConversation>

const ReplayParams = z.strictObject({ id: Id, replayId: Id })

export const startReplay = endpoint({
  id: 'agents.startReplay',
  method: 'POST',
  path: '/api/v1/agents/:id/replays',
  summary: 'Play what contacts said in past conversations to a draft or a version of an agent, as a job',
  access: review,
  params: IdParams,
  body: z.strictObject({ ...which, conversationIds: z.array(Id).min(1).max(100) }),
  maxBytes: DOCUMENT_BYTES,
  reply: Replay,
  status: 201,
  errors: ['agent.not_found', 'agent.version_not_found', 'conversation.not_found'],
})
export const listReplays = endpoint({
  id: 'agents.listReplays',
  method: 'GET',
  path: '/api/v1/agents/:id/replays',
  summary: 'List the replays of an agent, newest first',
  access: review,
  params: IdParams,
  query: z.strictObject(PageQuery),
  reply: page(Replay),
  errors: ['agent.not_found'],
})
export const getReplay = endpoint({
  id: 'agents.getReplay',
  method: 'GET',
  path: '/api/v1/agents/:id/replays/:replayId',
  summary: 'Read a replay: how far it has come, and what became better or worse',
  access: review,
  params: ReplayParams,
  reply: Replay,
  errors: ['replay.not_found'],
})
export const listReplayed = endpoint({
  id: 'agents.listReplayed',
  method: 'GET',
  path: '/api/v1/agents/:id/replays/:replayId/conversations',
  summary: 'Compare the answers of a replay, conversation by conversation',
  access: review,
  params: ReplayParams,
  query: z.strictObject(PageQuery),
  reply: page(ReplayedConversation),
  errors: ['replay.not_found'],
})
