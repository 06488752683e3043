/** Flags about the course of the conversation: how it ended, its times, its functions, its score and its cost. */

import { spoken, targetOf, waits } from '../rubric/speed.ts'
import { awaitsContact, leftBeforeAnswer, leftOnAQuestion } from '../signals/awaiting.ts'
import { saysGoodbye, thanks } from '../signals/courtesy.ts'
import { spokenName } from '../signals/functions.ts'
import { type FlagRule, flag } from './flag.ts'

const abandoned: FlagRule = ({ reading, outcome }) => {
  const last = reading.messages.at(-1)
  if (!last || reading.snapshot.status === 'active' || outcome.reason === 'queue' || outcome.end === 'transferred')
    return null
  if (outcome.end === 'abandoned')
    return flag('abandoned', 'review', 'The contact left before the answer came.', [last], 0.85)
  const open = leftBeforeAnswer(reading)
  if (open) return flag('abandoned', 'review', 'The contact left before anything was answered.', [open], 0.75)
  const unanswered = leftOnAQuestion(reading)
  if (unanswered)
    return flag('abandoned', 'info', 'The contact left while something was still asked of them.', [unanswered], 0.6)
  // A nod with nothing settled, and no word after it.
  const settled = outcome.resolution.value !== 'unknown' && outcome.resolution.value !== 'not_resolved'
  const nodded = last.side === 'contact' && !settled && !thanks(last.text) && !saysGoodbye(last.text)
  if (nodded) return flag('abandoned', 'info', 'The contact left before anything was settled.', [last], 0.5)
  const question = awaitsContact(reading)
  const said = reading.contact.at(-1)
  if (!question || (said && (saysGoodbye(said.text) || thanks(said.text)))) return null
  return flag('abandoned', 'info', 'The contact left without answering the last question.', [question], 0.7)
}

const abandonedInQueue: FlagRule = ({ reading, outcome }) =>
  outcome.reason === 'queue'
    ? flag(
        'abandoned_in_queue',
        'urgent',
        'The contact left while waiting for a person.',
        reading.messages.slice(-1),
        0.95,
      )
    : null

const transferred: FlagRule = ({ reading, outcome }) => {
  if (!outcome.transferred.value) return null
  const evidence = outcome.transferred.evidence.length > 0 ? outcome.transferred.evidence : reading.messages.slice(-1)
  return flag('transferred', 'info', 'The conversation was passed on.', evidence, outcome.transferred.confidence)
}

const functionError: FlagRule = ({ reading }) => {
  const broken = reading.calls.filter(({ status }) => status === 'error')
  const names = [...new Set(broken.map(({ name }) => spokenName(name)))]
  return flag('function_error', 'review', `A function broke: ${names.slice(0, 3).join(', ')}.`, broken, 1)
}

const slowReply: FlagRule = ({ reading }) => {
  const target = targetOf(reading)
  const slow = waits(reading).filter(({ seconds }, i) => seconds > 2 * (i === 0 ? target.first : target.p90))
  const worst = Math.max(0, ...slow.map(({ seconds }) => seconds))
  return flag(
    'slow_reply',
    'info',
    `The contact waited up to ${spoken(worst)}, the target is ${spoken(target.p90)}.`,
    slow.map(({ reply }) => reply),
    0.9,
  )
}

/** A gap inside the conversation in which the contact was left waiting. */
const longSilence: FlagRule = ({ reading }) => {
  const target = targetOf(reading)
  const silent = waits(reading).filter(({ seconds }) => seconds > Math.max(600, 10 * target.p90))
  return flag(
    'long_silence',
    'review',
    'The contact was left waiting for a long time.',
    silent.map(({ reply }) => reply),
    0.9,
  )
}

const lowScore: FlagRule = ({ score, reading }) =>
  score !== null && score < 50
    ? flag('low_score', 'review', `The quality score is ${score} of 100.`, reading.answers.slice(-1), 0.8)
    : null

const highCost: FlagRule = ({ reading }) => {
  const limit = reading.options.taxonomy?.costLimitUsd
  const cost = reading.snapshot.costUsd
  if (limit === undefined || cost === null || cost <= limit) return null
  return flag(
    'high_cost',
    'review',
    `It cost ${cost.toFixed(2)} USD, the limit is ${limit.toFixed(2)} USD.`,
    reading.answers.slice(-1),
    1,
  )
}

export const COURSE_RULES: FlagRule[] = [
  abandoned,
  abandonedInQueue,
  transferred,
  functionError,
  slowReply,
  longSilence,
  lowScore,
  highCost,
]
