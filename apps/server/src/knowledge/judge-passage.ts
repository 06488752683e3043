/** Judges how surely a passage answers a question, from what of the question it speaks about and what not. */
import type { FoundChunk } from './queries.ts'
import type { Slot } from './read-question.ts'

const AVERAGE_LENGTH = 90
/** What has to be said for an even chance. */
const ENOUGH = 5.25

export interface Signals {
  /** Share of the question that the passage speaks about. */
  covered: number
  /** The same, counting how strongly. */
  strength: number
  /** Share of the question that its headings speak about. */
  headed: number
  /** Share of the headings that the question speaks about. */
  titled: number
  /** How much in all. */
  mass: number
  /** The most telling word that no article knows. */
  strange: number
  /** The passage is in the question's language. */
  isOwn: boolean
  /** The most telling word it speaks about that no article in the question's language does. */
  onlyHere: number
}

export interface KnowledgePassage {
  articleId: string
  title: string
  /** Title and headings the passage stands under. */
  heading: string
  text: string
  language: string
  /** 0 to 1: how surely the passage answers. */
  score: number
  /** The words of the question that it speaks about. */
  matched: string[]
  /** The words of the question that no article knows: it may be about something else altogether. */
  unknown: string[]
  /** What the score is made from. */
  signals: Signals
}

export interface Reading {
  language: string
  slots: Slot[]
  isOwn: boolean
}

/** `missed`: words no article in the question's language knows. */
export function judge(chunk: FoundChunk, { slots, language, isOwn }: Reading, missed: Set<string>): KnowledgePassage {
  const signals: Signals = { covered: 0, strength: 0, headed: 0, titled: 0, mass: 0, strange: 0, isOwn, onlyHere: 0 }
  const present = new Map(
    chunk.lexemes.map((lexeme, i) => [lexeme, { count: chunk.counts[i]!, headed: chunk.headed[i]! }]),
  )
  const crowd = 0.6 + 0.4 * (chunk.length / AVERAGE_LENGTH)
  const all = slots.reduce((sum, slot) => sum + slot.weight, 0)
  const matched: string[] = []
  for (const slot of slots) {
    let [best, strongest, inHeading] = [0, 0, 0]
    for (const [lexeme, factor] of slot.terms) {
      const at = present.get(lexeme)
      if (!at) continue
      best = Math.max(best, factor)
      if (at.headed) inHeading = Math.max(inHeading, factor)
      // A word that stands in the headings alone says the same of every passage under them, long or short.
      const strength = at.count > 1 || !at.headed ? at.count / (at.count + crowd) : 0.5
      strongest = Math.max(strongest, factor * Math.max(strength, at.headed ? 0.5 : 0))
    }
    if (best > 0) matched.push(slot.word)
    signals.covered += (slot.weight * best) / all
    signals.strength += (slot.weight * strongest) / all
    signals.headed += (slot.weight * inHeading) / all
    signals.mass += slot.weight * best
    if (best > 0 && !isOwn && missed.has(slot.word)) signals.onlyHere = Math.max(signals.onlyHere, slot.weight * best)
    if (slot.isUnknown && !slot.isLacking) signals.strange = Math.max(signals.strange, slot.weight)
  }
  const said = new Set(slots.flatMap((slot) => [...slot.terms.keys()]))
  const inHeadings = [...present].filter(([lexeme, { headed }]) => headed && said.has(lexeme)).length
  signals.titled = inHeadings / Math.max(chunk.headingSize, 1)
  return {
    articleId: chunk.articleId,
    title: chunk.title,
    heading: chunk.heading,
    text: chunk.text,
    language,
    // Of passages that say it equally, the article's beginning.
    score: scoreOf(signals) * (1 - Math.min(chunk.position, 20) / 1000),
    matched,
    unknown: slots.filter((slot) => slot.isUnknown).map((slot) => slot.word),
    signals,
  }
}

/** Fitted on the tuning questions of eval/answers and on the questions of `faq.fixture.ts`; the score is the logistic of the sum. */
function scoreOf({ covered, strength, headed, titled, mass, strange, isOwn, onlyHere }: Signals): number {
  const said = 3.9 * covered + 2.2 * strength + 2 * headed + 4 * titled + 0.35 * Math.min(mass, 12)
  const foreign = isOwn ? 0 : onlyHere > 0 ? 1.9 : 3.1
  return 1 / (1 + Math.exp(ENOUGH - said + 0.7 * strange + foreign))
}
