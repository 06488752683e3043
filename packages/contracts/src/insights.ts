/** Insights: what nobody could answer, grouped over time, up to the article that answers it. */
import { z } from 'zod'
import { Replay, ReplayTurn } from './agent-trials.ts'
import { ChannelKind } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { Article } from './knowledge.ts'
import { days, period } from './period.ts'
import { Done, Id, IdParams, name, PageQuery, page, several, text, UtcTime } from './text.ts'

const read = { role: 'viewer', scope: 'conversations:read' } as const
const write = { role: 'supervisor', scope: 'admin' } as const
/** What people said is played to an agent again, as with every replay. */
const replay = { role: 'admin', scope: 'admin' } as const

export const QuestionState = z.enum(['open', 'drafted', 'answered', 'dismissed']).meta({ id: 'QuestionState' })
export type QuestionState = z.infer<typeof QuestionState>
export const DismissReason = z.enum(['not_a_question', 'not_ours', 'one_off', 'other']).meta({
  id: 'DismissReason',
  description: '`not_ours`: nothing the company answers. `one_off`: about one case alone.',
})
export type DismissReason = z.infer<typeof DismissReason>

export const UnansweredQuestion = z
  .object({
    id: Id,
    question: z.string().meta({ description: 'As a person named it, else as it was asked first.' }),
    named: z.boolean().meta({ description: 'A person gave it these words.' }),
    state: QuestionState,
    reopenedAt: UtcTime.nullable().meta({ description: 'When it was asked again though it had been answered.' }),
    dismissedFor: DismissReason.nullable(),
    settledBy: z.string().nullable(),
    article: z.object({ id: Id, title: z.string(), status: z.enum(['draft', 'published']) }).nullable(),
    count: z.int().nonnegative().meta({ description: 'How often it was asked in the period.' }),
    before: z.int().nonnegative().meta({ description: 'How often in a period of the same length before.' }),
    total: z.int().nonnegative(),
    trend: z
      .array(z.int())
      .meta({ description: 'How often it was asked in each day or week of the period, oldest first.' }),
    languages: z.array(z.string()),
    agents: z.array(z.object({ id: Id, name: z.string() })),
    channels: z.array(ChannelKind),
    examples: z.array(z.string()).meta({ description: 'Other ways in which it was asked.' }),
    firstAt: UtcTime,
    lastAt: UtcTime,
    replay: z.object({ id: Id, agentId: Id }).nullable().meta({ description: 'The last time it was played again.' }),
  })
  .meta({ id: 'UnansweredQuestion' })
export type UnansweredQuestion = z.infer<typeof UnansweredQuestion>

const counts = z.object({ open: z.int(), drafted: z.int(), answered: z.int(), dismissed: z.int() })

export const listUnanswered = endpoint({
  id: 'insights.listUnanswered',
  method: 'GET',
  path: '/api/v1/insights/unanswered',
  summary: 'List the questions that nobody could answer, each grouped over all who asked it, most asked first',
  access: read,
  query: z.strictObject({ ...PageQuery, ...period, state: several(QuestionState, 4) }),
  reply: page(UnansweredQuestion).extend({
    counts: counts.meta({ description: 'Of all questions asked in the period.' }),
    bucket: z.enum(['day', 'week']),
  }),
})
export const getUnanswered = endpoint({
  id: 'insights.getUnanswered',
  method: 'GET',
  path: '/api/v1/insights/unanswered/:id',
  summary: 'Read one unanswered question',
  access: read,
  params: IdParams,
  query: z.strictObject({ days }),
  reply: UnansweredQuestion,
  errors: ['question.not_found'],
})

export const Asking = z
  .object({
    id: Id,
    conversationId: Id,
    position: z.int().positive(),
    question: z.string(),
    contactName: z.string().nullable(),
    agentName: z.string().nullable(),
    channel: ChannelKind,
    language: z.string().nullable(),
    foundBy: z
      .enum(['answer', 'review'])
      .meta({ description: 'Who noticed: the agent as it answered, or the review.' }),
    at: UtcTime,
  })
  .meta({ id: 'Asking' })
export type Asking = z.infer<typeof Asking>

export const listAskings = endpoint({
  id: 'insights.listAskings',
  method: 'GET',
  path: '/api/v1/insights/unanswered/:id/askings',
  summary: 'List every time a question was asked, newest first, with the message',
  access: read,
  params: IdParams,
  query: z.strictObject(PageQuery),
  reply: page(Asking),
  errors: ['question.not_found'],
})

export const changeUnanswered = endpoint({
  id: 'insights.changeUnanswered',
  method: 'PATCH',
  path: '/api/v1/insights/unanswered/:id',
  summary: 'Name a question in other words, or say that it is answered, dismissed or open again',
  access: write,
  params: IdParams,
  body: z
    .strictObject({
      question: name(300).optional(),
      state: z.enum(['open', 'answered', 'dismissed']).optional(),
      reason: DismissReason.optional().meta({ description: 'Why it is dismissed.' }),
    })
    .refine((b) => b.state !== 'dismissed' || b.reason !== undefined, { path: ['reason'], message: 'say why' })
    .meta({ examples: [{ question: 'Do you rent out kayaks?' }, { state: 'dismissed', reason: 'not_ours' }] }),
  reply: UnansweredQuestion,
  errors: ['question.not_found'],
})

const Moved = z.object({
  moveId: Id.meta({ description: 'To undo it.' }),
  question: UnansweredQuestion.meta({ description: 'Where the askings are now.' }),
})
export const mergeUnanswered = endpoint({
  id: 'insights.mergeUnanswered',
  method: 'POST',
  path: '/api/v1/insights/unanswered/:id/merge',
  summary: 'Make two questions one: all askings of this one go to the other',
  access: write,
  params: IdParams,
  body: z.strictObject({ into: Id }),
  reply: Moved,
  errors: ['question.not_found', 'question.same'],
})
export const splitUnanswered = endpoint({
  id: 'insights.splitUnanswered',
  method: 'POST',
  path: '/api/v1/insights/unanswered/:id/split',
  summary: 'Make a question of its own of some askings',
  access: write,
  params: IdParams,
  body: z.strictObject({ askingIds: z.array(Id).min(1).max(200) }),
  reply: Moved,
  status: 201,
  errors: ['question.not_found', 'question.whole'],
})
export const undoQuestionMove = endpoint({
  id: 'insights.undoMove',
  method: 'POST',
  path: '/api/v1/insights/unanswered-moves/:id/undo',
  summary: 'Undo a merge or a split: its askings go back to where they were',
  access: write,
  params: IdParams,
  reply: Done,
  errors: ['question_move.not_found'],
  repeatsSafely: true,
})

export const SuggestedAnswer = z
  .object({
    title: z.string(),
    language: z.string(),
    body: z.string().meta({ description: 'What an operator answered last; empty when none has.' }),
    sources: z
      .array(
        z.object({
          conversationId: Id,
          position: z.int().positive(),
          by: z.string().nullable(),
          kind: z.enum(['message', 'coaching']),
          text: z.string(),
          at: UtcTime,
        }),
      )
      .meta({ description: 'What operators answered in these conversations, newest first.' }),
  })
  .meta({ id: 'SuggestedAnswer' })
export type SuggestedAnswer = z.infer<typeof SuggestedAnswer>

export const suggestAnswerToQuestion = endpoint({
  id: 'insights.suggestAnswer',
  method: 'GET',
  path: '/api/v1/insights/unanswered/:id/answer',
  summary: 'Draft an answer from what operators said later in these conversations',
  access: read,
  params: IdParams,
  reply: SuggestedAnswer,
  errors: ['question.not_found'],
})
export const writeAnswerToQuestion = endpoint({
  id: 'insights.writeAnswer',
  method: 'POST',
  path: '/api/v1/insights/unanswered/:id/article',
  summary: 'Add an article for the question to the knowledge base, as a draft or published',
  access: write,
  params: IdParams,
  body: z
    .strictObject({
      title: name(200),
      body: text(100_000).default(''),
      language: name(20).optional(),
      folderId: Id.nullable().optional(),
      status: z.enum(['draft', 'published']).default('draft'),
    })
    .meta({
      examples: [{ title: 'Do you rent out kayaks?', body: 'Yes, from May to September.', status: 'published' }],
    }),
  maxBytes: 512 * 1024,
  reply: z.object({ article: Article, question: UnansweredQuestion }),
  status: 201,
  errors: ['question.not_found', 'folder.not_found'],
})

export const replayUnanswered = endpoint({
  id: 'insights.replayUnanswered',
  method: 'POST',
  path: '/api/v1/insights/unanswered/:id/replay',
  summary:
    'Play the conversations of a question again to the agent that was asked most, with today’s knowledge, as a job',
  access: replay,
  params: IdParams,
  reply: Replay,
  status: 201,
  errors: ['question.not_found', 'agent.not_found'],
})
export const AskedAgain = z
  .object({
    askingId: Id,
    conversationId: Id,
    contactName: z.string().nullable(),
    turn: ReplayTurn.nullable().meta({ description: 'Null: not played yet, or nobody was asked there.' }),
  })
  .meta({ id: 'AskedAgain' })
export type AskedAgain = z.infer<typeof AskedAgain>
export const getUnansweredReplay = endpoint({
  id: 'insights.getReplay',
  method: 'GET',
  path: '/api/v1/insights/unanswered/:id/replay',
  summary: 'Compare how a question was answered and how it is answered now, asking by asking',
  access: replay,
  params: IdParams,
  reply: z.object({
    replay: Replay,
    played: z.int().nonnegative(),
    answered: z.int().nonnegative().meta({ description: 'Of those played, how many are answered now.' }),
    items: z.array(AskedAgain),
  }),
  errors: ['question.not_found', 'replay.not_found'],
})
