/** The job behind a replay: one question a step, played to the draft with the draft's own earlier answers, and kept beside the old answer. */
import type { FunctionCall, ReplayTurn, TriedAnswer } from '@earshot/contracts'
import type { JobKind, JobRun } from '../../jobs/index.ts'
import { transact } from '../../platform/context.ts'
import { findWorkspaceName } from '../../team/index.ts'
import { readDocument } from '../config.ts'
import { answerTrial } from '../playground/answer-trial.ts'
import { withDocument } from '../playground/document.ts'
import { type AgentRow, findAgent } from '../queries.ts'
import { findLastEntries, type TurnEntry } from '../queries-turns.ts'
import { turnKey } from '../read-turn.ts'
import { markOf } from './mark.ts'
import { type PastTurn, pastTurns } from './past-turns.ts'
import { findNext, findReplayOfJob, type NextConversation, type ReplayRow, storeTurns } from './queries-replay.ts'
import { asResult, summaryIn, withCost, withTurn } from './summary.ts'

export const REPLAY_JOB = 'agents.replay'
/** Of a conversation: its end, when it is longer. */
const MOST_ENTRIES = 400
const MOST_QUESTIONS = 60

export const replayJob: JobKind = {
  kind: REPLAY_JOB,
  async step(run) {
    const { workspaceId } = run.ctx
    const found = await transact(run.ctx, async (tx) => {
      const replay = await findReplayOfJob(tx, workspaceId, run.id)
      const next = replay && (await findNext(tx, workspaceId, replay.id))
      const agent = replay && (await findAgent(tx, workspaceId, replay.agentId))
      if (!next || !agent) return null
      const entries = await findLastEntries(tx, workspaceId, next.conversationId, MOST_ENTRIES)
      const document = withDocument(agent, readDocument(replay.config), await findWorkspaceName(tx, workspaceId))
      return { replay, next, document, past: pastTurns(entries).slice(0, MOST_QUESTIONS) }
    })
    if (!found) return 'finished'
    await play(run, found)
    return 'more'
  },
}

interface Playing {
  replay: ReplayRow
  next: NextConversation
  document: AgentRow
  past: PastTurn[]
}

async function play(run: JobRun, { replay, next, document, past }: Playing): Promise<void> {
  const { turns, conversationId } = next
  const asked = past[turns.length]
  const turn = asked && (await answer(run, document, past, turns))
  const all = turn ? [...turns, turn] : turns
  const finished = all.length >= past.length
  const summary = turn ? withTurn(summaryIn(run.result), turn) : summaryIn(run.result)
  await transact(run.ctx, async (tx) => {
    await storeTurns(tx, run.ctx.workspaceId, replay.id, { conversationId, turns: all, finished })
    const result = asResult(finished ? withCost(summary, next.costUsd) : summary)
    await run.save(tx, { done: finished ? 1 : 0, result })
  })
}

async function answer(run: JobRun, agent: AgentRow, past: PastTurn[], turns: ReplayTurn[]): Promise<ReplayTurn> {
  const { asked, before } = past[turns.length]!
  const recorded = recordOf(past.flatMap(({ calls }) => calls))
  const { signal } = new AbortController()
  const entries = talkOf(past, turns)
  const tried = await answerTrial(run.ctx, { agent, entries, signal, trial: { confirmed: [], recorded } })
  const after = sideOf(tried)
  const question = asked.map(({ text }) => text ?? '').join('\n')
  return { position: asked.at(-1)!.position, question, before, after, mark: markOf({ before, after }) }
}

/** What the contact said then, and what the draft has answered so far. */
function talkOf(past: PastTurn[], turns: ReplayTurn[]): TurnEntry[] {
  const entries: TurnEntry[] = []
  past.slice(0, turns.length + 1).forEach(({ asked }, i) => {
    for (const entry of asked) entries.push({ ...entry, position: entries.length + 1, clientKey: null })
    const answered = turns[i]?.after
    if (answered?.text == null) return
    entries.push({
      position: entries.length + 1,
      kind: 'message',
      authorKind: 'agent',
      authorName: null,
      text: answered.text,
      data: answered.unanswered ? { answer: { kind: 'not_found' } } : { answer: { kind: 'answer' } },
      clientKey: turnKey(entries.length),
    })
  })
  return entries
}

/** The same wish answers as then; another wish of the same function as it answered last. */
function recordOf(calls: FunctionCall[]) {
  return (name: string, parameters: unknown): FunctionCall | undefined => {
    const own = calls.filter((call) => call.name === name && call.status !== 'refused')
    return own.findLast((call) => JSON.stringify(call.parameters) === JSON.stringify(parameters)) ?? own.at(-1)
  }
}

function sideOf(tried: TriedAnswer): ReplayTurn['after'] {
  const { text, handoff, error, citations, note, trace, tokens, costUsd, durationMs } = tried
  return {
    text,
    by: error === null ? 'agent' : 'nobody',
    handoff: handoff?.reason ?? null,
    unanswered: note?.kind === 'not_found',
    error,
    citations,
    functions: trace.flatMap((step) => (step.kind === 'function' ? [step.call] : [])),
    tokens,
    costUsd,
    durationMs,
  }
}
