/** Answers with a language model: asks it, retries what may pass, and reports honestly when it cannot be had. */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Citation, FunctionCall } from '@earshot/contracts'
import type { ModelMessage } from 'ai'
import type { KnowledgePassage } from '../knowledge/index.ts'
import { type ModelSettings, openModel } from '../platform/llm.ts'
import type { OutboundFetch } from '../platform/outbound-http.ts'
import type { Answer, Question, Usage } from './answer.ts'
import { citationsOf } from './cite.ts'
import type { Noticed } from './flows/own-functions.ts'
import type { Playbook } from './flows/playbook.ts'
import type { Effects } from './functions/effects.ts'
import type { Ran } from './functions/outcome.ts'
import type { FunctionRunner } from './functions/runner.ts'
import { generate } from './generate.ts'
import type { TurnLimits } from './limits.ts'
import { type Failure, readFailure } from './model-failure.ts'
import { makeTools } from './model-tools.ts'
import { type Brief, writeInstructions, writeMessages } from './prompt.ts'
import type { Note } from './trace.ts'
import { announced } from './triggers/call-person.ts'

/** How an answer is spoken while it is made. */
export interface Voice {
  readonly signal: AbortSignal
  readonly hasSpoken: boolean
  write(text: string): void
  /** Takes back what was spoken. */
  restart(): void
  record(call: FunctionCall): Promise<void>
  /** The same, with what it changes of the conversation, at once or not at all; returns the call as it was written. */
  tell?(call: FunctionCall, effects: Effects): Promise<FunctionCall>
  /** Fires when the agent lost the floor, and not when the answer is merely begun anew. */
  lost?: AbortSignal
  /** Where somebody watches: each step as it ends. */
  note?: Note
  /** Does nothing of its own until `work` ends: others may use its place meanwhile. */
  rest?<T>(work: Promise<T>): Promise<T>
  /** Resolves when something happens in the conversation. */
  news?(): Promise<void>
  /** Tells what was noticed of flows and situations. */
  playbook?: Playbook
}

export class ModelFailed extends Error {
  override name = 'ModelFailed'
  readonly failure: Failure
  readonly usage: Usage

  constructor(failure: Failure, usage: Usage) {
    super(failure.detail)
    this.failure = failure
    this.usage = usage
  }
}

export interface ModelCall {
  settings: ModelSettings & { temperature: number | null; maxOutputTokens: number; steps: number }
  fetch: OutboundFetch
  limits: TurnLimits
  brief: Brief
  functions: FunctionRunner
  noticed: Noticed
}

const PASSAGES = 5
/** What is found with less is noise to a model too. */
const WORTH_SHOWING = 0.15

/** Throws `ModelFailed` when the tries are used up, and the signal's reason when the turn was called off. */
export async function answerWithModel(
  question: Question,
  call: ModelCall,
  voice: Voice,
): Promise<Answer & { usage: Usage }> {
  const startedAt = performance.now()
  const usage: Usage = { inputTokens: 0, outputTokens: 0 }
  let restarted = false
  for (let retry = 0; ; retry++) {
    const elapsedMs = performance.now() - startedAt
    try {
      return { ...(await askOnce(question, call, voice, usage, elapsedMs)), usage }
    } catch (error) {
      // What runs may be changing something outside: it ends, and is told, before anything is begun anew.
      await call.functions.settled()
      voice.signal.throwIfAborted()
      const failure = readFailure(error, [call.settings.key])
      voice.note?.({ ...modelStep(call, performance.now() - startedAt - elapsedMs), error: failure.detail })
      const pauseMs = Math.max(failure.retryAfterMs ?? 0, call.limits.backOffMs * 2 ** retry)
      const passedMs = performance.now() - startedAt + pauseMs
      const inTime = passedMs < (voice.hasSpoken ? call.limits.restartWithinMs : call.limits.patienceMs)
      if (!failure.retryable || retry >= call.limits.retries || !inTime || (voice.hasSpoken && restarted))
        throw new ModelFailed(failure, usage)
      if (voice.hasSpoken) {
        restarted = true
        voice.restart()
      }
      await sleep(pauseMs, undefined, { signal: voice.signal }).catch(() => voice.signal.throwIfAborted())
    }
  }
}

async function askOnce(
  question: Question,
  call: ModelCall,
  voice: Voice,
  usage: Usage,
  elapsedMs: number,
): Promise<Answer> {
  const { settings, fetch, limits, brief, functions, noticed } = call
  const fence = `=====${randomBytes(6).toString('hex')}=====`
  const asked = question.unanswered.map((said) => said.text).join('\n')
  const seen: KnowledgePassage[] = (await question.search(asked, PASSAGES)).filter(
    ({ score }) => score >= WORTH_SHOWING,
  )
  const after: NonNullable<Ran['after']>[] = []
  const handsOff = () => after.some(({ kind }) => kind === 'hand_off')
  // Another playbook is gone on by in an answer begun anew.
  const isOver = () => handsOff() || noticed.switchTo !== null
  const tools = makeTools({
    functions,
    fence,
    signal: voice.signal,
    onPassages: (passages) => seen.push(...passages),
    onAfter: (one) => after.push(one),
  })
  const instructions = writeInstructions(question.agent, seen, brief, fence, question.facts)
  const messages = writeMessages(question)
  voice.note?.({ kind: 'prompt', instructions, messages: messages.map(toLine) })
  let since = performance.now()
  const text = await generate({
    model: openModel(settings, fetch),
    instructions,
    messages,
    tools,
    temperature: settings.temperature,
    maxOutputTokens: settings.maxOutputTokens,
    steps: settings.steps,
    firstWordMs: Math.min(limits.firstWordMs, Math.max(1, limits.patienceMs - elapsedMs)),
    wholeMs: limits.wholeMs,
    signal: voice.signal,
    write: voice.write,
    onInvalidCall: async (name, input) => void (await functions.call(name, input, voice.signal)),
    isOver,
    onUsage: (inputTokens, outputTokens) => {
      usage.inputTokens += inputTokens
      usage.outputTokens += outputTokens
      voice.note?.({ ...modelStep(call, performance.now() - since), inputTokens, outputTokens })
      since = performance.now()
    },
  })
  const citations: Citation[] = citationsOf(text, seen)
  const end = after.find(({ kind }) => kind === 'end')
  return {
    text: text === '' ? null : text,
    citations,
    note: {
      kind: noticed.nothingFor === null ? 'answer' : 'not_found',
      question: (noticed.nothingFor ?? asked).slice(0, 500),
    },
    handoff: handsOff()
      ? { reason: 'agent_asked', by: 'agent', ...noticed.person, ...announced(question, 'handoffAsked') }
      : null,
    ...(end && !handsOff() && { end: { reason: end.reason } }),
  }
}

const modelStep = ({ settings }: ModelCall, ms: number) => ({
  kind: 'model' as const,
  model: settings.model,
  inputTokens: 0,
  outputTokens: 0,
  durationMs: Math.floor(ms),
  error: null,
})

const toLine = ({ role, content }: ModelMessage) => ({
  role,
  text: typeof content === 'string' ? content : JSON.stringify(content),
})
