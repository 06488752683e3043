/** Answers by the agent's model, through as many playbooks as it asks for, and by its fallback where the model fails. */
import type { Context } from '../platform/context.ts'
import type { Question, Usage } from './answer.ts'
import { answerPlainly } from './answer-embedded.ts'
import { answerWithModel, ModelFailed, type Voice } from './answer-with-model.ts'
import { nothingNoticed, ownFunctions } from './flows/own-functions.ts'
import { openFunctions } from './functions/open-functions.ts'
import type { Which } from './model-key.ts'
import { callOf } from './model-of-agent.ts'
import type { AgentRow } from './queries.ts'
import { speak } from './speak.ts'
import type { Cost, Made, ToAnswer } from './to-answer.ts'
import { NO_FACTS } from './triggers/facts.ts'

const LOCKED = 'The stored key cannot be read, because EARSHOT_SECRET has changed. Enter the key again.'
export const RESTING = 'It failed several times in a row and is left alone for half a minute.'
/** A model that switches on and on is lost. */
const MOST_SWITCHES = 2

export async function answerByModel(ctx: Context, asked: ToAnswer, question: Question, voice: Voice): Promise<Made> {
  const first = await tryModel(ctx, asked, question, voice, 'model')
  const { fallback } = asked.agent.config.model
  if (first.kind !== 'failed' || !fallback) return first
  if (voice.hasSpoken) voice.restart()
  const fellBack = first.detail
  if (fallback.provider === 'embedded') {
    const answer = await answerPlainly(question)
    if (answer.text !== null) await speak(answer.text, voice, asked.limits.paceMs)
    return { kind: 'answer', answer, usage: first.usage, fellBack }
  }
  const second = await tryModel(ctx, asked, question, voice, 'fallback')
  const usage = sum(first.usage, second.usage)
  if (second.kind === 'answer') return { ...second, usage, fellBack }
  return { ...second, usage, detail: `${first.detail} The fallback failed too: ${second.detail}` }
}

async function tryModel(ctx: Context, asked: ToAnswer, question: Question, voice: Voice, which: Which): Promise<Made> {
  const { agent, brief, limits, breaker } = asked
  const call = callOf(ctx, agent, brief, limits, which)
  if (!call) return failed(LOCKED)
  const key = which === 'model' ? agent.id : `${agent.id} fallback`
  if (breaker && !breaker.mayCall(key)) return failed(RESTING)
  let spent: Cost | null = null
  let place = { asked, question }
  for (let switches = 0; ; switches++) {
    const noticed = nothingNoticed()
    const own = switches < MOST_SWITCHES ? ownFunctions(place.question, noticed, voice.playbook) : []
    const functions = openFunctions(ctx, { ...place.asked, question: place.question }, voice, own)
    try {
      const { usage, ...answer } = await answerWithModel(place.question, { ...call, functions, noticed }, voice)
      breaker?.succeeded(key)
      spent = sum(spent, costOf(agent, which, usage))
      if (!noticed.switchTo) return { kind: 'answer', answer, usage: spent }
    } catch (error) {
      if (!(error instanceof ModelFailed)) throw error
      breaker?.failed(key)
      return failed(error.failure.detail, sum(spent, costOf(agent, which, error.usage)))
    }
    await voice.playbook?.useFlow(noticed.switchTo, 'model')
    voice.signal.throwIfAborted()
    if (voice.hasSpoken) voice.restart()
    place = inFlow(place, noticed.switchTo, functions.done)
  }
}

/** The same question, in another flow: with its instructions and its functions. */
function inFlow(
  { asked, question }: { asked: ToAnswer; question: Question },
  flow: NonNullable<Parameters<typeof functionsOf>[0]>,
  earlier: NonNullable<ToAnswer['acting']>['earlier'],
) {
  const acting = { stages: [], ...asked.acting, flow: functionsOf(flow), earlier }
  const facts = { ...(question.facts ?? NO_FACTS), flow }
  return { asked: { ...asked, acting }, question: { ...question, facts } }
}

/** Null: all of the agent's. */
export const functionsOf = (flow: NonNullable<Question['facts']>['flow']): string[] | null => flow?.functionIds ?? null

export const failed = (detail: string, usage: Cost | null = null) => ({
  kind: 'failed' as const,
  reason: 'model_failed',
  detail,
  usage,
})

function costOf({ config: { model } }: AgentRow, which: Which, usage: Usage): Cost {
  const priced = which === 'fallback' && model.fallback ? model.fallback : model
  const price =
    usage.inputTokens * (priced.inputPricePerMillion ?? 0) + usage.outputTokens * (priced.outputPricePerMillion ?? 0)
  return { ...usage, costUsd: price / 1_000_000 }
}

function sum(a: Cost | null, b: Cost | null): Cost | null {
  if (!a || !b) return a ?? b
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    costUsd: a.costUsd + b.costUsd,
  }
}
