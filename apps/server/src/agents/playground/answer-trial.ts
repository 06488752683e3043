/** Answers as a turn does, for nobody: the same reading, the same making, and what happened step by step in place of a log. */
import type { FunctionCall, TraceStep, TriedAnswer } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import type { Answer } from '../answer.ts'
import type { Voice } from '../answer-with-model.ts'
import { makeAnswer } from '../make-answer.ts'
import { countSpend } from '../over-budget.ts'
import type { AgentRow } from '../queries.ts'
import { findStageKeys, type TurnEntry } from '../queries-turns.ts'
import { openTurn } from '../read-turn.ts'
import type { Made, TrialRules } from '../to-answer.ts'
import type { Note, TraceStep as Step } from '../trace.ts'
import { budgetUsedUp } from '../turn-place.ts'

export interface Trial {
  agent: AgentRow
  /** The talk so far; its last message wants an answer. */
  entries: TurnEntry[]
  signal: AbortSignal
  /** What its functions may do. */
  trial: TrialRules
}

export async function answerTrial(ctx: Context, { agent, entries, signal, trial }: Trial): Promise<TriedAnswer> {
  const turn = openTurn(ctx, agent, 0, entries.at(-1)!.position, entries, undefined)
  const limits = { ...ctx.agents.limits, retries: 0, paceMs: 0 }
  const stages =
    agent.config.functions.length > 0 ? await transact(ctx, (tx) => findStageKeys(tx, ctx.workspaceId)) : []
  const asked = {
    agent,
    question: turn.question,
    brief: { ...turn.brief, memory: { known: {}, fields: agent.config.memoryFields } },
    limits,
    breaker: null,
    acting: { flow: null, stages, earlier: [], trial },
  }
  const startedAt = performance.now()
  const steps: { at: number; step: Step }[] = []
  const note: Note = (step) => void steps.push({ at: performance.now() - lastedMs(step), step })
  const made = (await isUsedUp(ctx, agent)) ? USED_UP : await makeAnswer(ctx, asked, voiceOf(signal, note))
  await countSpend(ctx, agent.id, made.usage)
  const durationMs = Math.round(performance.now() - startedAt)
  const inOrder = steps.sort((a, b) => a.at - b.at).map(({ step }) => step)
  return { ...viewMade(made), trace: viewTrace(inOrder, made), durationMs }
}

/** Trials and replays use the agent's money: the day's budget holds for them too. */
const isUsedUp = async (ctx: Context, agent: AgentRow): Promise<boolean> =>
  (await transact(ctx, (tx) => budgetUsedUp(tx, agent, { tokensIn: 0, tokensOut: 0, costUsd: 0 }))) !== null
const USED_UP: Made = {
  kind: 'failed',
  reason: 'budget',
  detail: 'The budget of this agent for today is used up. Raise it under Budget, or try again tomorrow.',
  usage: null,
}

/** Back to where it began. A model that failed is told once its whole try has ended. */
function lastedMs(step: Step): number {
  if (step.kind === 'function') return step.call.durationMs ?? 0
  if (step.kind === 'prompt' || (step.kind === 'model' && step.error !== null)) return 0
  return step.durationMs
}

function voiceOf(signal: AbortSignal, note: Note): Voice {
  const record = async (call: FunctionCall) => note({ kind: 'function', call })
  let hasSpoken = false
  return {
    signal,
    get hasSpoken() {
      return hasSpoken
    },
    write() {
      hasSpoken = true
    },
    restart() {
      hasSpoken = false
    },
    record,
    note,
  }
}

function viewMade(made: Made): Omit<TriedAnswer, 'trace' | 'durationMs'> {
  const { inputTokens: input = 0, outputTokens: output = 0, costUsd = 0 } = made.usage ?? {}
  const spent = { tokens: { input, output }, costUsd }
  if (made.kind === 'failed')
    return { text: null, handoff: null, error: made.detail, citations: [], note: null, ...spent }
  const { text, handoff, citations, note } = made.answer
  return {
    text,
    handoff: handoff && { reason: handoff.reason, announcement: handoff.announcement },
    error: null,
    citations,
    note: note && { ...note },
    ...spent,
  }
}

function viewTrace(steps: Step[], made: Made): TraceStep[] {
  const used = new Set(made.kind === 'answer' ? citedBy(made.answer) : [])
  return steps.map((step) => {
    if (step.kind !== 'search') return step
    const passages = step.passages.map(({ articleId, title, heading, text, score }) => ({
      articleId,
      title,
      heading,
      text,
      score: Math.round(score * 100) / 100,
      used: used.has(articleId),
    }))
    return { ...step, passages }
  })
}

const citedBy = ({ citations }: Answer): string[] => citations.map(({ articleId }) => articleId)
