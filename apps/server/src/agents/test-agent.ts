/** Test an agent: says one thing to it, and tells what came back or why nothing did. Nothing is stored. */

import { searchKnowledge } from '../knowledge/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { accessAgent } from './access.ts'
import type { Question, Usage } from './answer.ts'
import type { Voice } from './answer-with-model.ts'
import { makeAnswer } from './make-answer.ts'
import type { AgentRow } from './queries.ts'
import { foldersOf } from './read-turn.ts'

export interface Tested {
  ok: boolean
  text: string | null
  error: string | null
  durationMs: number
  tokens: { input: number; output: number }
}

export async function testAgent(ctx: Context, id: string, text: string): Promise<Tested> {
  const agent = await transact(ctx, (tx) => accessAgent(tx, ctx, id))
  const question: Question = {
    agent,
    history: [],
    unanswered: [{ position: 1, author: 'contact', name: null, text, note: null }],
    search: (asked, limit) =>
      transact(ctx, (tx) => searchKnowledge(tx, asked, { ...(limit ? { limit } : {}), folderIds: foldersOf(agent) })),
  }
  const startedAt = performance.now()
  const outcome = await ask(ctx, agent, question)
  const { inputTokens: input = 0, outputTokens: output = 0 } = outcome.usage ?? {}
  return {
    ok: outcome.error === null,
    text: outcome.text,
    error: outcome.error,
    durationMs: Math.round(performance.now() - startedAt),
    tokens: { input, output },
  }
}

async function ask(
  ctx: Context,
  agent: AgentRow,
  question: Question,
): Promise<{ text: string | null; error: string | null; usage: Usage | null }> {
  const limits = { ...ctx.agents.limits, retries: 0, paceMs: 0 }
  const brief = { handBack: null, coaching: [] }
  const made = await makeAnswer(ctx, { agent, question, brief, limits, breaker: null }, SILENT)
  if (made.kind === 'failed') return { text: null, error: made.detail, usage: made.usage }
  const { text, handoff } = made.answer
  return { text: text ?? handoff?.announcement ?? null, error: null, usage: made.usage }
}

const SILENT: Voice = {
  signal: new AbortController().signal,
  hasSpoken: false,
  write: () => {},
  restart: () => {},
  record: async () => {},
}
