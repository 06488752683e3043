/** Flags about the answers: left out, wrong, unproven, rude, repeated or promised. */

import { quote } from '../narrative/quote.ts'
import type { Message } from '../reading.ts'
import { count, sentence } from '../rubric/part.ts'
import type { Ask } from '../signals/asks.ts'
import { awaitsReply } from '../signals/awaiting.ts'
import { promiseIn, unsafePromiseIn } from '../signals/claims.ts'
import { isWrite, spokenName, worked } from '../signals/functions.ts'
import { leakIn } from '../signals/injection.ts'
import { askedAgain, longestLoop, repeatedQuestions } from '../signals/repetition.ts'
import { rudePhrase } from '../signals/rudeness.ts'
import { type FlagRule, flag } from './flag.ts'

const placesOf = (asks: Ask[]) =>
  asks.flatMap(({ message, sentence: said, reply }) => [
    { position: message.position, start: said.start, end: said.end },
    ...(reply ? [{ position: reply.position }] : []),
  ])

const unanswered: FlagRule = ({ unanswered: missed }) => {
  const asks = missed.filter(({ fate }) => fate !== 'out_of_scope')
  const first = asks[0]
  if (!first) return null
  return flag(
    'unanswered_question',
    'review',
    `${sentence(count(asks.length, 'question or request', 'questions or requests'))} left without an answer: ${quote(first.sentence.text, 90)}`,
    placesOf(asks),
    0.75,
  )
}

const outOfScope: FlagRule = ({ unanswered: missed }) => {
  const asks = missed.filter(({ fate }) => fate === 'out_of_scope')
  const first = asks[0]
  return first
    ? flag(
        'out_of_scope',
        'info',
        `Asked for something the agent is not made for: ${quote(first.sentence.text, 90)}`,
        placesOf(asks),
        0.7,
      )
    : null
}

const noReply: FlagRule = ({ reading, outcome }) => {
  const waiting = awaitsReply(reading)
  if (!waiting || outcome.end === 'transferred') return null
  return flag('no_reply', 'review', 'The last message of the contact has no reply.', [waiting], 0.85)
}

const unsupported: FlagRule = ({ claims }) => {
  const bare = claims.filter(({ backing }) => backing === 'none')
  const first = bare[0]
  if (!first) return null
  // Measured: such claims are rarely inventions, more often a call that was not recorded. Worth knowing, not an alarm.
  return flag(
    'unsupported_claim',
    'info',
    `Said to be done without a successful function call: ${quote(first.sentence.text, 90)}`,
    bare.map(({ message, sentence: said }) => ({ position: message.position, start: said.start, end: said.end })),
    0.6,
  )
}

const contradicted: FlagRule = ({ claims }) => {
  const wrong = claims.filter(({ backing }) => backing === 'contradicted')
  const first = wrong[0]
  if (!first) return null
  const evidence = wrong.flatMap(({ message, call }) => [
    { position: message.position },
    ...(call ? [{ position: call.position }] : []),
  ])
  return flag(
    'contradicted_claim',
    'urgent',
    `Said to be done although ${spokenName(first.call?.name ?? '')} had just failed.`,
    evidence,
    0.8,
  )
}

const executedNotVerified: FlagRule = ({ reading, outcome }) => {
  if (reading.judged === 'human' || outcome.resolution.value !== 'executed') return null
  const writes = reading.calls.filter((call) => isWrite(call) && worked(call))
  return flag(
    'executed_not_verified',
    'info',
    `${sentence(spokenName(writes.at(-1)?.name ?? ''))} changed something and nobody confirmed that it was right.`,
    writes,
    0.9,
  )
}

const longAndManyWrites: FlagRule = ({ reading }) => {
  if (reading.judged === 'human') return null
  const writes = reading.calls.filter((call) => isWrite(call) && worked(call))
  const long = reading.messages.length > 30
  if (writes.length < 2 && !long) return null
  const reason =
    writes.length >= 2
      ? `The agent changed something ${writes.length} times. More changes mean more ways to be wrong.`
      : `A long conversation of ${reading.messages.length} messages.`
  const evidence = writes.length >= 2 ? writes : reading.messages.slice(-1)
  return flag('long_and_many_writes', 'info', reason, evidence, 0.8)
}

/** Repeating a failure is a loop; repeating a question of a form is only dull. */
const repetition: FlagRule = ({ reading }) => {
  const loop = longestLoop(reading)
  const first = loop[0]
  if (!first || loop.length < 3) return null
  return flag(
    'repetition',
    loop.some((message) => message.couldNotHelp) || repeatedQuestions(reading).length > 0 ? 'review' : 'info',
    `The same answer was given ${loop.length} times: ${quote(first.text, 90)}`,
    loop,
    0.9,
  )
}

const askedAgainFlag: FlagRule = ({ reading, given }) => {
  const again = askedAgain(reading, given)
  const fields = [...new Set(again.map(({ field }) => field.replaceAll('_', ' ')))]
  const evidence = again.flatMap((one) => [{ position: one.given }, { position: one.again.position }])
  return flag('asked_again', 'info', `Asked for again after it had been given: ${fields.join(', ')}.`, evidence, 0.75)
}

const rude: FlagRule = ({ reading }) => {
  const answers = reading.answers.filter(({ text }) => rudePhrase(text))
  return flag('rude_answer', 'urgent', 'An answer used rude words.', answers, 0.7)
}

const spans = (messages: Message[], find: (message: Message) => { start: number; end: number } | null) =>
  messages.flatMap((message) => {
    const span = find(message)
    return span ? [{ position: message.position, start: span.start, end: span.end }] : []
  })

const promise: FlagRule = ({ reading }) => {
  const kept = reading.answers.filter((answer) => promiseIn(answer))
  const first = kept[0]
  if (!first) return null
  return flag(
    'promise_made',
    'info',
    `Something was promised: ${quote(promiseIn(first)?.text ?? '', 90)}`,
    spans(kept, promiseIn),
    0.7,
  )
}

const unsafePromise: FlagRule = ({ reading }) =>
  flag(
    'unsafe_promise',
    'urgent',
    'An answer promises what nobody may promise.',
    spans(reading.answers, unsafePromiseIn),
    0.65,
  )

const leak: FlagRule = ({ reading }) => {
  const find = ({ text }: Message) => {
    const match = leakIn(text)
    return match ? { start: match.index, end: match.index + match[0].length } : null
  }
  return flag(
    'secret_leaked',
    'urgent',
    'An answer gives away a key or the agent’s own instructions.',
    spans(reading.answers, find),
    0.8,
  )
}

export const ANSWER_RULES: FlagRule[] = [
  unanswered,
  outOfScope,
  noReply,
  unsupported,
  contradicted,
  executedNotVerified,
  longAndManyWrites,
  repetition,
  askedAgainFlag,
  rude,
  promise,
  unsafePromise,
  leak,
]
