/** A conversation while it runs: where it stands in one line, how the contact feels and where to, what may go wrong, what was learnt. */
import type { AnalyzeOptions, LiveReading } from './analyzer.ts'
import type { FlagCode } from './contract.ts'
import { gatherFacts } from './facts.ts'
import { raiseFlags } from './flags/raise.ts'
import { soFar } from './narrative/so-far.ts'
import { readConversation } from './reading.ts'
import type { ConversationSnapshot } from './snapshot.ts'

/** What somebody who watches would step in for. The rest is for the review. */
const RISKS = new Set<FlagCode>([
  'negative_turn',
  'dissatisfied',
  'wants_human',
  'human_refused',
  'function_error',
  'contradicted_claim',
  'unsafe_promise',
  'secret_leaked',
  'rude_answer',
  'abusive_contact',
  'repetition',
  'asked_again',
  'sensitive_data',
  'prompt_injection',
  'unanswered_question',
  'spam',
])
const SHOWN_MESSAGES = 60

/** Synchronous; the server calls it for each message of a running conversation. */
export const readLive = (snapshot: ConversationSnapshot, options: AnalyzeOptions): LiveReading => {
  const facts = gatherFacts(readConversation(snapshot, options))
  const { reading, sentiment, extracted } = facts
  // Whoever wrote last still waits for an answer; that is no risk yet.
  const unanswered = facts.unanswered.filter(({ fate }) => fate !== 'no_reply')
  const risks = raiseFlags({ ...facts, unanswered, score: null })
    .filter(({ code }) => RISKS.has(code))
    .map(({ code, severity, reason, evidence }) => ({
      code,
      severity,
      reason,
      positions: [...new Set(evidence.map(({ position }) => position))],
    }))
  return {
    throughPosition: reading.lastPosition,
    language: reading.language,
    line: soFar(facts),
    tone: reading.contact.length > 0 ? sentiment.tone.value : null,
    polarity: sentiment.polarity,
    direction: sentiment.direction,
    emotions: sentiment.emotions.map(({ label, score }) => ({ label, score })),
    messages: reading.contact
      .slice(-SHOWN_MESSAGES)
      .flatMap(({ position, tone }) =>
        tone ? [{ position, polarity: tone.polarity, emotions: tone.emotions.slice(0, 3) }] : [],
      ),
    risk: levelOf(risks),
    risks,
    memory: extracted,
  }
}

/** One thing to look at is a reason to watch; a grave one, or two at once, to step in. */
const levelOf = (risks: LiveReading['risks']): LiveReading['risk'] => {
  const serious = risks.filter(({ severity }) => severity === 'review').length
  if (risks.some(({ severity }) => severity === 'urgent') || serious > 1) return 'high'
  return serious === 1 ? 'watch' : 'none'
}
