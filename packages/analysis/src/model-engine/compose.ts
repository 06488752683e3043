/** The texts of a review out of lines that were verified: the contact quoted, our side told, how it ended by the facts. */
import type { ConversationAnalysis, Estimated, Evidence } from '../contract.ts'
import type { Facts } from '../facts.ts'
import { ending } from '../narrative/happened.ts'
import { quote, shorten } from '../narrative/quote.ts'
import { closed } from '../narrative/session-summary.ts'
import type { Chosen, Verified } from './verify.ts'

type Texts = Pick<ConversationAnalysis, 'sessionSummary' | 'summary' | 'intent' | 'agentPerformance'>

export const compose = (embedded: ConversationAnalysis, facts: Facts, chosen: Chosen): Texts => {
  const { needs, did, performance } = chosen
  const end = ending(facts, 90).map(closed)
  const wrote = (most: number) =>
    needs.slice(0, most).map(({ text }) => `The contact wrote: ${closed(quote(text, 150))}`)
  const told = did.map(({ text }) => closed(text))
  const withNeed = (rest: string[], most: number) => within([...wrote(most === 400 ? 1 : 3), ...rest], most)
  const evidence = evidenceOf([...needs, ...did])
  const proof = proofIn(embedded)
  return {
    sessionSummary:
      needs.length + did.length === 0
        ? embedded.sessionSummary
        : byModel(withNeed([...told.slice(-2), ...end], 400), evidence),
    summary:
      needs.length + did.length === 0 ? embedded.summary : byModel(withNeed([...told, proof, ...end], 1200), evidence),
    // Told in the third person by the rules it reads better than a quotation.
    intent:
      embedded.intent.value !== null && embedded.intent.confidence < 0.6 && needs[0]
        ? byModel(quote(needs[0].text, 150), evidenceOf(needs.slice(0, 1)))
        : embedded.intent,
    agentPerformance:
      performance.length === 0
        ? embedded.agentPerformance
        : byModel(
            within([embedded.agentPerformance.value ?? '', ...performance.map(({ text }) => closed(text))], 600),
            [...embedded.agentPerformance.evidence, ...evidenceOf(performance)].slice(0, 12),
          ),
  }
}

const PROOF: Record<string, string> = {
  verified: 'The result is verified.',
  confirmed: 'The contact said that it worked; nobody verified it.',
  executed: 'Nobody confirmed the result.',
  claimed: 'Said to be done; nothing proves it.',
  not_resolved: 'What was asked for last was not done.',
  revoked: 'The contact came back for the same help.',
}
const proofIn = ({ outcome }: ConversationAnalysis): string => PROOF[outcome.resolution.value ?? 'unknown'] ?? ''

const byModel = (value: string, evidence: Evidence[]): Estimated<string> => ({
  value,
  confidence: 0.75,
  by: 'llm',
  evidence,
})

const evidenceOf = (lines: readonly Verified[]): Evidence[] => lines.slice(0, 12).map(({ evidence }) => evidence)

/** What does not fit goes from the middle: the need stays, and how it ended. */
const within = (parts: readonly string[], most: number): string => {
  const kept = parts.filter(Boolean)
  while (kept.join(' ').length > most && kept.length > 2) kept.splice(Math.floor(kept.length / 2), 1)
  return shorten(kept.join(' '), most)
}
