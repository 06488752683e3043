/** Around every answer, whoever makes it: triggers before it, triggers after it, and what the contact reads when a person is called. */
import type { Answer, Handoff, Question } from '../answer.ts'
import { languageOf } from '../contact-language.ts'
import { say } from '../own-words.ts'
import { personNeededAfter } from './after.ts'
import { type Called, personNeeded } from './before.ts'

/** The answer is not even made where a person is needed. */
export async function withTriggers<T extends { answer: Answer }>(
  question: Question,
  make: () => Promise<T>,
): Promise<T | { answer: Answer }> {
  const called = personNeeded(question)
  if (called) return { answer: onlyHandoff(question, called) }
  const made = await make()
  const after = personNeededAfter(question, made.answer)
  return after ? { ...made, answer: { ...onlyHandoff(question, after), note: made.answer.note } } : made
}

/** Nothing is said but that a person comes: an answer that found nothing would stand in the way. */
export const onlyHandoff = (question: Question, called: Called): Answer => ({
  text: null,
  citations: [],
  note: null,
  handoff: handoffOf(question, called),
})

export function handoffOf(question: Question, { reason, by, detail, words }: Called): Handoff {
  return { reason, by, detail, ...announced(question, words) }
}

/** In the words of the company, or the agent's own; with what the person must be able to do. */
export function announced(
  question: Pick<Question, 'unanswered' | 'history' | 'agent'>,
  words: Parameters<typeof say>[1],
): Pick<Handoff, 'announcement' | 'skills'> {
  const { announcement, skills } = question.agent.config.handoff
  return { announcement: announcement.trim() || say(languageOf(question), words), skills }
}
