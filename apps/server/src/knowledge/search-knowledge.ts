/** Search the knowledge base: passages ranked by how much of the question they speak about, forgiving typing mistakes. */
import type { Tx } from '../platform/db.ts'
import { isWorthCorrecting } from './index-article.ts'
import { chooseCorrections } from './mistyped.ts'
import { type FoundChunk, findChunks, findSimilarWords, type WeighedWord, weighWords } from './queries.ts'
import { type Dictionary, readQuestion, type Slot, wordsToLookUp } from './read-question.ts'
import { splitWords } from './words.ts'

export interface KnowledgePassage {
  articleId: string
  title: string
  /** Title and headings the passage stands under. */
  heading: string
  text: string
  language: string
  /** 0 to 1: how much of what the question says, the passage speaks about. Below about 0.4 it is hardly an answer. */
  score: number
  /** The words of the question that it speaks about. */
  matched: string[]
  /** The words of the question that no article knows: it may be about something else altogether. */
  unknown: string[]
}

export interface SearchOptions {
  limit?: number
  /** Prefers passages of this language when others are as good. */
  language?: string | undefined
}

const MOST_QUESTION_WORDS = 40
const CANDIDATES = 60
const AVERAGE_LENGTH = 90
const OTHER_LANGUAGE = 0.97

/** Searches the published articles of the transaction's workspace. */
export async function searchKnowledge(
  tx: Tx,
  question: string,
  options: SearchOptions = {},
): Promise<KnowledgePassage[]> {
  const { plain, pairs } = splitWords(question.slice(0, 4000))
  const words = [...new Set(plain)].slice(0, MOST_QUESTION_WORDS)
  const bigrams = [...new Set(pairs)].slice(0, MOST_QUESTION_WORDS * 2)
  if (words.length === 0 && bigrams.length === 0) return []
  const dictionaries = await makeDictionaries(tx, words, bigrams)
  const found: KnowledgePassage[] = []
  for (const dictionary of dictionaries) {
    const slots = readQuestion(words, bigrams, dictionary)
    const terms = termsOf(slots)
    if (terms.size === 0) continue
    const chunks = await findChunks(tx, dictionary.language, terms, CANDIDATES)
    const preference = !options.language || sameLanguage(options.language, dictionary.language) ? 1 : OTHER_LANGUAGE
    for (const chunk of chunks) found.push(judge(chunk, slots, dictionary.language, preference))
  }
  return found.sort((a, b) => b.score - a.score).slice(0, options.limit ?? 8)
}

async function makeDictionaries(tx: Tx, words: string[], pairs: string[]): Promise<Dictionary[]> {
  const first = await weighWords(tx, [...words, ...pairs])
  const languages = [...new Set(first.map((row) => row.language))]
  if (languages.length === 0) return []
  const known = new Set(first.filter((row) => row.chunks > 0).map((row) => row.word))
  const unknown = words.filter(
    (word) => !known.has(word) && isWorthCorrecting(word) && first.some((row) => row.word === word && row.lexeme),
  )
  const corrections =
    unknown.length > 0 ? chooseCorrections(await findSimilarWords(tx, unknown)) : new Map<string, string[]>()
  const asked = new Set([...words, ...pairs])
  const more = wordsToLookUp(words, languages, corrections).filter((word) => !asked.has(word))
  const rows = more.length > 0 ? [...first, ...(await weighWords(tx, more))] : first
  return languages.map((language) =>
    dictionaryOf(
      language,
      rows.filter((row) => row.language === language),
      corrections,
    ),
  )
}

function dictionaryOf(language: string, rows: WeighedWord[], corrections: Map<string, string[]>): Dictionary {
  const byWord = new Map<string, WeighedWord[]>()
  const byLexeme = new Map<string, WeighedWord[]>()
  for (const row of rows) {
    if (row.lexeme === '') continue
    byWord.set(row.word, [...(byWord.get(row.word) ?? []), row])
    byLexeme.set(row.lexeme, [row])
  }
  return {
    language,
    total: rows[0]?.total ?? 0,
    lookUp: (word) => byWord.get(word) ?? byLexeme.get(word) ?? [],
    corrections: (word) => corrections.get(word) ?? [],
  }
}

function termsOf(slots: Slot[]): Map<string, number> {
  const terms = new Map<string, number>()
  for (const slot of slots) {
    for (const [lexeme, factor] of slot.terms) terms.set(lexeme, Math.max(terms.get(lexeme) ?? 0, slot.weight * factor))
  }
  return terms
}

/** Mostly how much of the question is covered; a little how strongly and whether headings say so: of two passages the one about it wins. */
function judge(chunk: FoundChunk, slots: Slot[], language: string, preference: number): KnowledgePassage {
  const present = new Map(
    chunk.lexemes.map((lexeme, i) => [lexeme, { count: chunk.counts[i]!, headed: chunk.headed[i]! }]),
  )
  const crowd = 0.6 + 0.4 * (chunk.length / AVERAGE_LENGTH)
  let all = 0
  let covered = 0
  let strength = 0
  let headed = 0
  const matched: string[] = []
  for (const slot of slots) {
    all += slot.weight
    let best = 0
    let strongest = 0
    let inHeading = 0
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
    covered += slot.weight * best
    strength += slot.weight * strongest
    headed += slot.weight * inHeading
  }
  const said = all === 0 ? 0 : (0.65 * covered + 0.2 * strength + 0.15 * headed) / all
  // Of passages that say it equally, the article's beginning.
  const score = said - Math.min(chunk.position, 20) / 1000
  return {
    articleId: chunk.articleId,
    title: chunk.title,
    heading: chunk.heading,
    text: chunk.text,
    language,
    score: score * preference,
    matched,
    unknown: slots.filter((slot) => slot.isUnknown).map((slot) => slot.word),
  }
}

const sameLanguage = (a: string, b: string): boolean =>
  a.split('-')[0]?.toLowerCase() === b.split('-')[0]?.toLowerCase()
