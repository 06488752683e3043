/** Makes an answer as an agent's settings say. The one way to it: for turns, the playground, replays and the test button. */
import type { Context } from '../platform/context.ts'
import type { Question } from './answer.ts'
import { answerByModel, functionsOf, RESTING } from './answer-by-model.ts'
import { answerPlainly } from './answer-embedded.ts'
import type { Voice } from './answer-with-model.ts'
import { languageOf } from './contact-language.ts'
import { answerOutside, type External } from './external/answer-outside.ts'
import { chooseFlow } from './flows/choose-flow.ts'
import { situationsIn } from './flows/situations.ts'
import { say } from './own-words.ts'
import { speak } from './speak.ts'
import type { Made, Stored, ToAnswer } from './to-answer.ts'
import { traced } from './trace.ts'
import { personNeededAfter } from './triggers/after.ts'
import { personNeeded, textOf } from './triggers/before.ts'
import { onlyHandoff } from './triggers/call-person.ts'
import { NO_FACTS } from './triggers/facts.ts'

export type { Cost, Made, ToAnswer } from './to-answer.ts'

/** Throws the signal's reason when the answer was called off. */
export function makeAnswer(ctx: Context, asked: ToAnswer & { turn?: undefined }, voice: Voice): Promise<Made>
export function makeAnswer(ctx: Context, asked: ToAnswer, voice: Voice): Promise<Made | Stored>
export async function makeAnswer(ctx: Context, given: ToAnswer, voice: Voice): Promise<Made | Stored> {
  const question = await inPlace(traced(given.question, voice.note), voice)
  voice.signal.throwIfAborted()
  if (given.brief.handBack?.nobodyFree) return sayOwn('nobodyFree', question, voice, given.limits.paceMs)
  const called = personNeeded(question)
  if (called) return { kind: 'answer', answer: onlyHandoff(question, called), usage: null }
  if (given.isStopped) return sayOwn('stopped', question, voice, given.limits.paceMs)
  const acting = given.acting && { ...given.acting, flow: functionsOf(question.facts?.flow ?? null) }
  const made = await answerAnyhow(ctx, { ...given, question, ...(acting && { acting }) }, voice)
  if (made.kind !== 'answer') return made
  const after = personNeededAfter(question, made.answer)
  // What was not found is still noted: the team reads it, and the next answer counts it.
  return after ? { ...made, answer: { ...onlyHandoff(question, after), note: made.answer.note } } : made
}

async function answerAnyhow(ctx: Context, asked: ToAnswer, voice: Voice): Promise<Made | Stored> {
  const { question, limits } = asked
  const { external, model } = asked.agent.config
  if (external) return answerElsewhere(ctx, asked, external, voice)
  if (model.provider !== 'embedded') return answerByModel(ctx, asked, question, voice)
  const answer = await answerPlainly(question)
  // What will not be said is not shown while it is made.
  if (answer.text !== null && !personNeededAfter(question, answer)) await speak(answer.text, voice, limits.paceMs)
  return { kind: 'answer', answer, usage: null }
}

/** The question with the flow and the situations that the newest messages bring, told where it is a conversation's. */
async function inPlace(question: Question, voice: Voice): Promise<Question> {
  const { config } = question.agent
  const before = question.facts ?? foretold(question)
  const flow = chooseFlow(config, { current: before.flow, channelKind: before.channelKind }, textOf(question))
  if (flow?.id !== before.flow?.id) await voice.playbook?.useFlow(flow, 'rule')
  const situations = new Map(before.situations)
  for (const { situation, key } of situationsIn(config.situations, question.unanswered)) {
    situations.set(situation.id, (situations.get(situation.id) ?? 0) + 1)
    await voice.playbook?.noteSituation(situation, key)
  }
  return { ...question, facts: { ...before, flow, situations } }
}

/** What the talk so far would have brought, where no conversation holds it. */
function foretold({ agent, history }: Question): NonNullable<Question['facts']> {
  const said = history.filter(({ author }) => author === 'contact')
  let flow: NonNullable<Question['facts']>['flow'] = null
  for (const { text } of said) flow = chooseFlow(agent.config, { ...NO_FACTS, current: flow }, text)
  const situations = new Map<string, number>()
  for (const { situation } of situationsIn(agent.config.situations, said))
    situations.set(situation.id, (situations.get(situation.id) ?? 0) + 1)
  const answers = history.filter(({ author }) => author === 'agent').length
  return { ...NO_FACTS, flow, situations, answers }
}

async function sayOwn(
  words: 'stopped' | 'nobodyFree',
  question: Question,
  voice: Voice,
  paceMs: number,
): Promise<Made> {
  const text = say(languageOf(question), words)
  await speak(text, voice, paceMs)
  return { kind: 'answer', answer: { text, citations: [], note: { kind: 'small_talk' }, handoff: null }, usage: null }
}

async function answerElsewhere(
  ctx: Context,
  asked: ToAnswer,
  external: External,
  voice: Voice,
): Promise<Made | Stored> {
  const { agent, breaker } = asked
  if (breaker && !breaker.mayCall(agent.id))
    return { kind: 'failed', reason: 'agent_failed', detail: RESTING, usage: null }
  const made = await answerOutside(ctx, asked, external, voice)
  if (made.kind === 'failed') breaker?.failed(agent.id)
  else breaker?.succeeded(agent.id)
  return made
}
