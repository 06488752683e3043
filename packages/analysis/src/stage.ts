/** The suggested pipeline stage: ordered rules, the first that holds wins. A person's choice is never changed by it. */
import type { Estimated, StageKey } from './contract.ts'
import type { Facts } from './facts.ts'
import { spamScore } from './flags/spam.ts'
import type { Message } from './reading.ts'
import { awaitsContact } from './signals/awaiting.ts'
import { promiseIn } from './signals/claims.ts'
import { asksPrice, putsOff, refuses, wantsToBuy } from './signals/contact-says.ts'

type Suggestion = Estimated<StageKey>
type Rule = (facts: Facts) => Suggestion | null

const when = (value: StageKey, confidence: number, messages: { position: number }[]): Suggestion | null =>
  messages.length > 0
    ? { value, confidence, by: 'rule', evidence: messages.slice(0, 6).map(({ position }) => ({ position })) }
    : null

const contactWho = (facts: Facts, says: (text: string) => boolean): Message[] =>
  facts.reading.contact.filter(({ text }) => says(text))

/** Interest on its own is an opportunity; with a way to reach the contact it is a potential customer. */
const interest: Rule = (facts) => {
  const buying = contactWho(facts, wantsToBuy)
  if (buying.length === 0 || facts.outcome.converted.value) return null
  const reachable = facts.extracted.filter(({ key }) => key === 'email' || key === 'phone')
  if (reachable.length === 0) return when('opportunity', 0.6, buying)
  return when('potential_customer', 0.65, [...buying, ...reachable.flatMap(({ evidence }) => evidence)])
}

const RULES: Rule[] = [
  (facts) => {
    const { score, evidence } = spamScore(facts.reading)
    return score >= 0.7 ? when('spam', score, evidence) : null
  },
  (facts) => when('not_interested', 0.75, contactWho(facts, refuses)),
  (facts) => when('quote_request', 0.65, contactWho(facts, asksPrice)),
  interest,
  (facts) =>
    when('follow_up', 0.6, [
      ...contactWho(facts, putsOff),
      ...facts.reading.answers.filter((answer) => promiseIn(answer)),
    ]),
  ({ reading }) => {
    const question = awaitsContact(reading)
    return question ? when('waiting_response', 0.6, [question]) : null
  },
  // Only questions, all answered, and nothing changed in the world: somebody who wanted to know.
  ({ asks, unanswered, outcome }) => {
    const onlyAsked = asks.length > 0 && asks.every(({ isQuestion, fate }) => isQuestion && fate === 'answered')
    return onlyAsked && unanswered.length === 0 && outcome.resolution.value !== 'executed'
      ? when(
          'info_only',
          0.55,
          asks.map(({ message }) => message),
        )
      : null
  },
]

export const suggestStage = (facts: Facts): Suggestion => {
  for (const rule of RULES) {
    const suggestion = rule(facts)
    if (suggestion) return suggestion
  }
  return { value: 'in_progress', confidence: 0.4, by: 'rule', evidence: [] }
}
