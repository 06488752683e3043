/** Suggest an answer: what a conversation's agent would say now, whoever has the floor. Nothing is said and nothing is stored. */
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import type { Answer, Question } from './answer.ts'
import type { Voice } from './answer-with-model.ts'
import { makeAnswer } from './make-answer.ts'
import { type AgentRow, findAgent } from './queries.ts'
import { findTurnConversation } from './queries-place.ts'
import { findLastEntries } from './queries-turns.ts'
import { type OpenTurn, openTurn } from './read-turn.ts'

export interface Suggested {
  answer: Answer
  agent: AgentRow
}

const MOST_ENTRIES = 120

/** How many of the contact's last messages are tried, when the newest asks for a person, or thanks. */
const TRIES = 3

/** A model that fails is told with its own words: a person asked, and waits for the reason. */
export async function suggestAnswer(ctx: Context, conversationId: string): Promise<Suggested> {
  const turn = await read(ctx, conversationId)
  const { agent, brief } = turn
  const limits = { ...ctx.agents.limits, retries: 0, paceMs: 0 }
  let first: Answer | undefined
  for (const question of questionsOf(turn)) {
    const made = await makeAnswer(ctx, { agent, question, brief, limits, breaker: null }, unheard())
    if (made.kind === 'failed') throw new AppError('agent.model_failed', { detail: made.detail })
    const { text, citations } = made.answer
    // Without a model, what rests on no article is only small talk, or that nothing was found.
    if (text !== null && (agent.config.model.provider !== 'embedded' || citations.length > 0))
      return { answer: made.answer, agent }
    first ??= made.answer
  }
  return { answer: first?.note?.kind === 'small_talk' ? first : { ...NOTHING }, agent }
}

const NOTHING: Answer = { text: null, citations: [], note: null, handoff: null }

/** What waits for an answer; then the contact's last messages one by one, newest first. */
function* questionsOf({ question }: OpenTurn): Generator<Question> {
  if (question.unanswered.length > 0) yield question
  const said = [...question.history, ...question.unanswered]
  const asked = said
    .filter(({ author }) => author === 'contact')
    .slice(-TRIES)
    .reverse()
  for (const line of asked)
    yield { ...question, unanswered: [line], history: said.filter(({ position }) => position < line.position) }
}

function read(ctx: Context, id: string): Promise<OpenTurn> {
  return transact(ctx, async (tx) => {
    const conversation = await findTurnConversation(tx, ctx.workspaceId, id)
    if (!conversation) throw new AppError('conversation.not_found')
    const found = conversation.agentId ? await findAgent(tx, ctx.workspaceId, conversation.agentId) : undefined
    if (!found || found.archivedAt) throw new AppError('conversation.no_agent')
    const agent = { ...found, company: found.company ?? conversation.workspaceName }
    const entries = await findLastEntries(tx, ctx.workspaceId, id, MOST_ENTRIES)
    return openTurn(ctx, agent, conversation.epoch, entries.at(-1)?.position ?? 0, entries, undefined)
  })
}

const unheard = (): Voice => ({
  signal: new AbortController().signal,
  hasSpoken: false,
  write: () => {},
  restart: () => {},
  record: async () => {},
})
