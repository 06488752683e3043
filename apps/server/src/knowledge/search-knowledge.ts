/** Search the knowledge base: passages ranked by how much of the question they speak about, forgiving typing mistakes. */
import type { Tx } from '../platform/db.ts'
import { isInLexicon, knowsLanguage, lexiconWords } from './concepts.ts'
import { isEveryday, languageOfQuestion } from './everyday.ts'
import { isWorthCorrecting } from './index-article.ts'
import { judge, type KnowledgePassage, type Reading } from './judge-passage.ts'
import { chooseCorrections, type Similar } from './mistyped.ts'
import {
  findArticleIdsIn,
  findChunks,
  findSimilarWords,
  type WeighedWord,
  weighWords,
  weighWordsIn,
} from './queries.ts'
import { type Asked, type Dictionary, readQuestion, type Slot, wordsToLookUp } from './read-question.ts'
import { foldAccents, splitWords } from './words.ts'

export interface SearchOptions {
  limit?: number
  /** The question's language when its words do not tell. */
  language?: string | undefined
  /** Only articles of these folders. */
  folderIds?: string[] | undefined
}

const MOST_QUESTION_WORDS = 40
const CANDIDATES = 60
/** More of them may be outside the folders. */
const SCOPED_CANDIDATES = 400

/** Searches the published articles of the transaction's workspace. */
export async function searchKnowledge(
  tx: Tx,
  question: string,
  options: SearchOptions = {},
): Promise<KnowledgePassage[]> {
  const text = question.slice(0, 4000)
  const { plain, pairs } = splitWords(text)
  const words = plain.slice(0, MOST_QUESTION_WORDS)
  const bigrams = [...new Set(pairs)].slice(0, MOST_QUESTION_WORDS * 2)
  if (words.length === 0 && bigrams.length === 0) return []
  const first = await weighWords(tx, [...new Set([...words, ...bigrams])])
  const languages = [...new Set(first.map((row) => row.language))]
  const language = languageOfQuestion(words, text, isInLexicon) ?? options.language?.split('-')[0]?.toLowerCase()
  const asked: Asked = {
    words,
    pairs: bigrams,
    language: language && knowsLanguage(language) ? language : undefined,
    corrections: new Map(),
  }
  asked.corrections = await correct(tx, asked, first, languages)
  const readings: Reading[] = []
  for (const one of languages) {
    const slots = readQuestion(asked, await makeDictionary(tx, one, asked, first))
    readings.push({ language: one, slots, isOwn: !language || language === one.split('-')[0]?.toLowerCase() })
  }
  const found: KnowledgePassage[] = []
  const missed = missedIn(readings)
  for (const reading of readings) {
    const terms = termsOf(reading.slots)
    if (terms.size === 0) continue
    for (const chunk of await findChunks(
      tx,
      reading.language,
      terms,
      options.folderIds ? SCOPED_CANDIDATES : CANDIDATES,
    ))
      found.push(judge(chunk, reading, missed))
  }
  const allowed = options.folderIds && (await findArticleIdsIn(tx, options.folderIds))
  const visible = allowed ? found.filter(({ articleId }) => allowed.has(articleId)) : found
  return visible.sort((a, b) => b.score - a.score).slice(0, options.limit ?? 8)
}

/** Words of the question that no article in its own language knows. */
const missedIn = (readings: Reading[]): Set<string> =>
  new Set(
    readings
      .filter(({ isOwn }) => isOwn)
      .flatMap(({ slots }) => slots.filter((slot) => slot.isUnknown).map((slot) => slot.word)),
  )

/** What words may have been meant that neither the articles nor the lexicon know. */
async function correct(
  tx: Tx,
  asked: Asked,
  first: WeighedWord[],
  languages: string[],
): Promise<Map<string, string[]>> {
  const known = new Set(first.filter((row) => row.chunks > 0).map((row) => row.word))
  const own = asked.language ? [asked.language] : languages
  const unknown = [...new Set(asked.words)].filter(
    (word) =>
      !known.has(word) &&
      /^\p{L}{3,}$/u.test(word) &&
      first.some((row) => row.word === word && row.lexeme) &&
      !own.some((language) => isInLexicon(language, word) || isEveryday(language, word)),
  )
  if (unknown.length === 0) return new Map()
  const written = await findSimilarWords(tx, unknown.filter(isWorthCorrecting))
  return chooseCorrections([...written, ...unknown.flatMap((word) => likeInLexicon(word, own))])
}

/** Words of the lexicon of about the same length that begin alike or end alike. */
function likeInLexicon(word: string, languages: string[]): Similar[] {
  const plain = foldAccents(word)
  return languages.flatMap((language) =>
    lexiconWords(language)
      .filter((candidate) => Math.abs(candidate.length - word.length) <= 2 && isAlike(plain, foldAccents(candidate)))
      .map((candidate) => ({ word, candidate, similarity: 0 })),
  )
}
const isAlike = (a: string, b: string): boolean => a[0] === b[0] || a.slice(-2) === b.slice(-2)

async function makeDictionary(tx: Tx, language: string, asked: Asked, first: WeighedWord[]): Promise<Dictionary> {
  const rows = first.filter((row) => row.language === language)
  const known = new Set(rows.map((row) => row.word))
  const more = wordsToLookUp(asked, language).filter((word) => !known.has(word))
  if (more.length > 0) rows.push(...(await weighWordsIn(tx, language, more)))
  const byWord = new Map<string, WeighedWord[]>()
  for (const row of rows) if (row.lexeme !== '') byWord.set(row.word, [...(byWord.get(row.word) ?? []), row])
  return { language, total: rows[0]?.total ?? 0, lookUp: (word) => byWord.get(word) ?? [] }
}

function termsOf(slots: Slot[]): Map<string, number> {
  const terms = new Map<string, number>()
  for (const slot of slots) {
    for (const [lexeme, factor] of slot.terms) terms.set(lexeme, Math.max(terms.get(lexeme) ?? 0, slot.weight * factor))
  }
  return terms
}
