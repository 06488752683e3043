/** The embedded analyser: rules, word lists and small trained models that ship with it. No network, no key. */
import type { AnalyzeOptions, Analyzer } from './analyzer.ts'
import type { ConversationAnalysis, Estimated } from './contract.ts'
import { type Facts, gatherFacts } from './facts.ts'
import { raiseFlags } from './flags/raise.ts'
import { hashOf } from './hash.ts'
import { nameIntent } from './intents/name-intent.ts'
import { readLive } from './live.ts'
import { observe } from './memory/observe.ts'
import { conversationSummary } from './narrative/conversation-summary.ts'
import { intentOf, mainNeed, titleOf } from './narrative/need.ts'
import { performanceOf } from './narrative/performance.ts'
import { sessionSummary } from './narrative/session-summary.ts'
import { type Reading, readConversation } from './reading.ts'
import { judgeQuality } from './rubric/score.ts'
import { toUnanswered } from './signals/asks.ts'
import type { ConversationSnapshot } from './snapshot.ts'
import { suggestStage } from './stage.ts'
import { suggestTags } from './tags.ts'
import { countWords } from './text/words.ts'

export const EMBEDDED_VERSION = '0.3.0'

/** Below this many words of the contact there is nothing to judge. */
const LEAST_WORDS = 10

export const createEmbeddedAnalyzer = (): Analyzer => ({
  id: 'embedded',
  version: EMBEDDED_VERSION,
  analyze: async (snapshot, options) => analyzeEmbedded(snapshot, options),
  observe,
  readLive,
})

const nothing = <T>(): Estimated<T> => ({ value: null, confidence: 0, by: 'rule', evidence: [] })

/** The analysis without its promise, for callers that already run in a worker. */
export const analyzeEmbedded = (snapshot: ConversationSnapshot, options: AnalyzeOptions): ConversationAnalysis => {
  const started = Date.now()
  if (options.signal?.aborted) throw new Error('The analysis was cancelled before it began.')
  const reading = readConversation(snapshot, options)
  const facts = gatherFacts(reading)
  const notApplicableReason = whyNotApplicable(reading)
  const applicable = notApplicableReason === null
  const quality = judgeQuality(facts, applicable)
  const need = mainNeed(facts)
  return {
    schema: 1,
    conversationId: snapshot.conversationId,
    throughPosition: reading.lastPosition,
    inputHash: inputHashOf(snapshot, options),
    createdAt: options.now ?? new Date(started).toISOString(),
    applicable,
    notApplicableReason,
    title: titleOf(reading, need),
    language: reading.language,
    sessionSummary: sessionSummary(facts, need),
    summary: applicable ? conversationSummary(facts, need) : nothing(),
    intent: applicable ? intentOf(need) : nothing(),
    ...(options.intents && { namedIntent: applicable ? nameIntent(reading, need, options.intents) : null }),
    agentPerformance: applicable ? performanceOf(facts, quality) : nothing(),
    extracted: facts.extracted,
    quality,
    sentiment: facts.sentiment,
    dissatisfaction: dissatisfactionEstimate(facts),
    unanswered: facts.unanswered.map(toUnanswered).filter((question) => question !== null),
    flags: raiseFlags({ ...facts, score: quality.score }),
    outcome: facts.outcome,
    stage: suggestStage(facts),
    tags: suggestTags(facts),
    provenance: {
      analyzer: 'embedded',
      version: EMBEDDED_VERSION,
      model: null,
      promptHash: null,
      tokensIn: 0,
      tokensOut: 0,
      costUsd: 0,
      ms: Date.now() - started,
      fallbackFrom: null,
      warnings: [],
    },
  }
}

/** Same hash and same version: the same analysis, so no new run is needed. */
export const inputHashOf = (snapshot: ConversationSnapshot, { taxonomy, language, intents }: AnalyzeOptions): string =>
  hashOf({
    snapshot,
    taxonomy: taxonomy ?? null,
    language: language ?? null,
    ...(intents && { intents: intents.version }),
  })

const whyNotApplicable = (reading: Reading): string | null => {
  if (reading.contact.length === 0) return 'The contact wrote nothing.'
  if (reading.answers.length === 0) return 'Nobody answered.'
  const said = reading.contact.reduce((sum, { text }) => sum + countWords(text), 0)
  return said < LEAST_WORDS ? 'The contact wrote fewer than ten words.' : null
}

/** The mean of the last three messages: how the contact leaves counts, not how they came. */
const dissatisfactionEstimate = ({ dissatisfaction }: Facts): Estimated<number> => {
  const last = dissatisfaction.slice(-3)
  if (last.length === 0) return nothing()
  const value = Math.round((last.reduce((sum, { score }) => sum + score, 0) / last.length) * 100) / 100
  return {
    value,
    confidence: 0.6,
    by: 'embedded',
    evidence: last.filter(({ score }) => score >= 0.5).map(({ position }) => ({ position })),
  }
}
