/** Makes an answer as an agent's settings say. The one way to it: for turns, the playground, replays and the test button. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../platform/context.ts'
import { answerEmbedded } from './answer-embedded.ts'
import { answerWithModel, ModelFailed, type Usage, type Voice } from './answer-with-model.ts'
import { answerOutside, type External } from './external/answer-outside.ts'
import { openFunctions } from './functions/open-functions.ts'
import { callOf } from './model-of-agent.ts'
import type { AgentRow } from './queries.ts'
import type { Cost, Made, Stored, ToAnswer } from './to-answer.ts'
import { traced } from './trace.ts'

export type { Cost, Made, ToAnswer } from './to-answer.ts'

const LOCKED = 'The stored key cannot be read, because EARSHOT_SECRET has changed. Enter the key again.'
const RESTING = 'It failed several times in a row and is left alone for half a minute.'

/** Throws the signal's reason when the answer was called off. */
export function makeAnswer(ctx: Context, asked: ToAnswer & { turn?: undefined }, voice: Voice): Promise<Made>
export function makeAnswer(ctx: Context, asked: ToAnswer, voice: Voice): Promise<Made | Stored>
export async function makeAnswer(ctx: Context, asked: ToAnswer, voice: Voice): Promise<Made | Stored> {
  const { agent, brief, limits, breaker } = asked
  const { external } = agent.config
  if (external) return answerElsewhere(ctx, asked, external, voice)
  const question = traced(asked.question, voice.note)
  if (agent.config.model.provider === 'embedded') {
    const answer = await answerEmbedded(question)
    if (answer.text !== null) await speak(answer.text, voice, limits.paceMs)
    return { kind: 'answer', answer, usage: null }
  }
  const call = callOf(ctx, agent, brief, limits)
  if (!call) return failed(LOCKED)
  if (breaker && !breaker.mayCall(agent.id)) return failed(RESTING)
  try {
    const functions = openFunctions(ctx, { ...asked, question }, voice)
    const { usage, ...answer } = await answerWithModel(question, { ...call, functions }, voice)
    breaker?.succeeded(agent.id)
    return { kind: 'answer', answer, usage: costOf(agent, usage) }
  } catch (error) {
    if (!(error instanceof ModelFailed)) throw error
    breaker?.failed(agent.id)
    return failed(error.failure.detail, costOf(agent, error.usage))
  }
}

async function answerElsewhere(
  ctx: Context,
  asked: ToAnswer,
  external: External,
  voice: Voice,
): Promise<Made | Stored> {
  const { agent, breaker } = asked
  if (breaker && !breaker.mayCall(agent.id)) return { ...failed(RESTING), reason: 'agent_failed' }
  const made = await answerOutside(ctx, asked, external, voice)
  if (made.kind === 'failed') breaker?.failed(agent.id)
  else breaker?.succeeded(agent.id)
  return made
}

const failed = (detail: string, usage: Cost | null = null) => ({
  kind: 'failed' as const,
  reason: 'model_failed',
  detail,
  usage,
})

/** Says what is there already at the pace of quick writing. */
async function speak(text: string, voice: Voice, paceMs: number): Promise<void> {
  const words = text.match(/\s*\S+/g) ?? []
  const each = Math.max(2, Math.ceil(words.length / 25))
  for (let i = 0; i < words.length; i += each) {
    voice.signal.throwIfAborted()
    voice.write(words.slice(i, i + each).join(''))
    if (paceMs > 0) await sleep(paceMs, undefined, { signal: voice.signal }).catch(() => voice.signal.throwIfAborted())
  }
}

function costOf({ config: { model } }: AgentRow, usage: Usage): Cost {
  const price =
    usage.inputTokens * (model.inputPricePerMillion ?? 0) + usage.outputTokens * (model.outputPricePerMillion ?? 0)
  return { ...usage, costUsd: price / 1_000_000 }
}
