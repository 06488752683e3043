/** Triggers that look at the answer: nothing was found, or nothing again. */
import type { Answer, Question, Said } from '../answer.ts'
import { isAngry } from '../negative-tone.ts'
import type { Called } from './before.ts'
import { countAngry, textOf } from './before.ts'

/** Null: the answer stands as it is. */
export function personNeededAfter(question: Question, { note, handoff }: Answer): Called | null {
  if (handoff || note?.kind !== 'not_found') return null
  const triggers = question.agent.config.handoff
  const isFurious = isAngry(textOf(question)) && countAngry(question) >= triggers.negativeTone.times
  if (triggers.negativeTone.on && isFurious)
    return { reason: 'negative_tone', by: 'rule', detail: null, words: 'handoffAngry' }
  const failures = failuresInARow(question.history) + 1
  if (triggers.nothingFound.on) return { reason: 'nothing_found', by: 'rule', detail: null, words: 'handoffFailed' }
  if (triggers.repeatedFailure.on && failures >= triggers.repeatedFailure.times)
    return { reason: 'repeated_failure', by: 'rule', detail: String(failures), words: 'handoffFailed' }
  return null
}

/** Answers of the agent, newest first, that found nothing; small talk between them neither counts nor resets. */
function failuresInARow(history: Said[]): number {
  let failures = 0
  for (const said of history.filter(({ author }) => author !== 'contact').reverse()) {
    if (said.author === 'operator' || said.note?.kind === 'answer' || said.note?.kind === 'clarify') break
    if (said.note?.kind === 'not_found') failures++
  }
  return failures
}
