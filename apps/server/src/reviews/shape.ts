/** An analysis as a review that people read: every statement with the words it rests on, quoted from the log. */
import type { Base, ConversationAnalysis, ConversationSnapshot, Evidence } from '@earshot/analysis'
import type { Review } from '@earshot/contracts'

type Shaped = Omit<
  Review,
  | 'id'
  | 'conversationId'
  | 'segment'
  | 'throughPosition'
  | 'reason'
  | 'analyser'
  | 'analyserVersion'
  | 'model'
  | 'warnings'
  | 'refining'
  | 'tokens'
  | 'costUsd'
  | 'durationMs'
  | 'createdAt'
  | 'flags'
  | 'overrides'
  | 'effective'
  | 'earlierOverrides'
>
export interface StoredReview {
  shaped: Shaped
  /** The analyser's own words, for later versions and for comparing engines. */
  raw: ConversationAnalysis
  /** Points and caps as the engine gave them, so that another rubric can be put over it. Reviews of an earlier time have none. */
  base?: Base
}
export interface Quoted {
  position: number
  quote: string | null
}

const MAX_QUOTE = 240

/** Gives evidence its words: the span when one is named, else the beginning of the entry. */
export function quoter(snapshot: ConversationSnapshot): (evidence: Evidence[]) => Quoted[] {
  const texts = new Map(snapshot.entries.map((entry) => [entry.position, entry.text]))
  return (evidence) =>
    evidence
      .filter(({ position }) => texts.has(position))
      .map(({ position, start, end }) => {
        const text = texts.get(position)!
        return { position, quote: shorten(start === undefined ? text : text.slice(start, end)) }
      })
}

function shorten(text: string): string | null {
  const plain = text.trim()
  if (plain === '') return null
  return plain.length <= MAX_QUOTE ? plain : `${plain.slice(0, MAX_QUOTE - 1).trimEnd()}…`
}

export function shape(analysis: ConversationAnalysis, snapshot: ConversationSnapshot): Shaped {
  const quote = quoter(snapshot)
  const { quality, sentiment, outcome } = analysis
  return {
    applicable: analysis.applicable,
    notApplicableReason: analysis.notApplicableReason,
    title: analysis.title || null,
    sessionSummary: analysis.sessionSummary.value,
    intent: analysis.intent.value,
    namedIntent: analysis.namedIntent
      ? {
          name: analysis.namedIntent.name,
          version: analysis.namedIntent.version,
          evidence: quote(analysis.namedIntent.evidence),
        }
      : null,
    agentPerformance: analysis.agentPerformance.value,
    extracted: analysis.extracted
      .filter((item) => !item.sensitive)
      .map((item) => ({ key: item.key, value: item.value, evidence: quote(item.evidence) })),
    quality: {
      score: quality.score,
      rubric: quality.rubric,
      judged: quality.judged,
      caps: quality.caps.map((cap) => cap.reason),
      parts: quality.parts.map((part) => ({ ...part, evidence: quote(part.evidence) })),
    },
    sentiment: {
      tone: sentiment.tone.value,
      polarity: sentiment.polarity,
      emotions: sentiment.emotions.map(({ label, score }) => ({ label, score })),
      trend: sentiment.trend,
    },
    unanswered: analysis.unanswered.map((item) => ({
      question: item.question,
      kind: item.kind,
      evidence: quote(item.evidence),
    })),
    suggestedStage: analysis.stage.value,
    suggestedTags: analysis.tags.flatMap((tag) => (tag.value === null ? [] : [tag.value])),
    outcome: outcome.end === 'ongoing' ? null : outcome.end,
    resolution: outcome.resolution.value ?? 'unknown',
    converted: outcome.converted.value,
    language: analysis.language === 'und' ? null : analysis.language,
  }
}
