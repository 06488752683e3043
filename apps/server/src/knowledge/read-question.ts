/** Reads a question for one language of the knowledge base: which terms to look for, and how much each says. */
import { isWorthCorrecting } from './index-article.ts'
import { isCountry } from './place-names.ts'
import { isCourtesy, sameMeaning } from './same-meaning.ts'
import { foldAccents } from './words.ts'

/** One word of the question: any of its terms in a passage counts, by its factor. */
export interface Slot {
  word: string
  /** Lexeme → how surely it is the same, 0 to 1. */
  terms: Map<string, number>
  /** How much the word says: rare words more, words of courtesy less. */
  weight: number
  /** It occurs nowhere in the knowledge base, nor does anything of the same meaning. */
  isUnknown: boolean
}

export interface LexemeCount {
  lexeme: string
  chunks: number
}

const SAME_MEANING = 0.8
const MISTYPED = 0.85
const COURTESY_WEIGHT = 0.15
const UNKNOWN_PAIR = 0.35
/** Two signs of the Japanese syllabary that writes endings and particles. */
const KANA_ONLY = /^\p{Script=Hiragana}+$/u
const GRAMMAR_PAIR = 0.3
const COUNTRY_WEIGHT = 0.5

export interface Dictionary {
  language: string
  total: number
  /** What a word becomes in this language, and in how many passages that occurs; empty: it says nothing. */
  lookUp(word: string): LexemeCount[]
  /** Known words a mistyped one may have been. */
  corrections(word: string): string[]
}

/** The words whose meaning the dictionary must be asked for. */
export function wordsToLookUp(words: string[], languages: string[], corrections: Map<string, string[]>): string[] {
  const all = new Set<string>()
  for (const word of words) {
    for (const form of [word, foldAccents(word), ...(corrections.get(word) ?? [])]) all.add(form)
    for (const language of languages) for (const other of sameMeaning(language, word)) all.add(other)
    for (const fixed of corrections.get(word) ?? [])
      for (const language of languages) for (const other of sameMeaning(language, fixed)) all.add(other)
  }
  return [...all]
}

export function readQuestion(words: string[], pairs: string[], dictionary: Dictionary): Slot[] {
  const slots: Slot[] = []
  for (const word of new Set(words)) {
    const slot = readWord(word, dictionary)
    if (slot) slots.push(slot)
  }
  for (const pair of new Set(pairs)) {
    const { chunks } = dictionary.lookUp(pair)[0] ?? { chunks: 0 }
    // A pair that occurs nowhere is mostly two halves of different words.
    const weight =
      rarity(dictionary.total, chunks) * (chunks > 0 ? 1 : UNKNOWN_PAIR) * (KANA_ONLY.test(pair) ? GRAMMAR_PAIR : 1)
    slots.push({ word: pair, terms: new Map([[pair, 1]]), weight, isUnknown: false })
  }
  return slots
}

function readWord(word: string, dictionary: Dictionary): Slot | undefined {
  const own = dictionary.lookUp(word)
  if (own.length === 0) return undefined // a word such as "the" says nothing in this language
  const terms = new Map<string, number>()
  let occurs = 0
  const add = (found: LexemeCount[], factor: number) => {
    for (const { lexeme, chunks } of found) {
      if (!lexeme || (terms.get(lexeme) ?? 0) >= factor) continue
      terms.set(lexeme, factor)
      if (factor >= MISTYPED) occurs = Math.max(occurs, chunks)
    }
  }
  add(own, 1)
  add(dictionary.lookUp(foldAccents(word)), 0.95)
  let meant = [word]
  if (occurs === 0 && isWorthCorrecting(word)) {
    const corrections = dictionary.corrections(word)
    for (const fixed of corrections) add(dictionary.lookUp(fixed), MISTYPED)
    meant = [word, ...corrections]
  }
  for (const form of meant)
    for (const other of sameMeaning(dictionary.language, form)) add(dictionary.lookUp(other), SAME_MEANING)
  const known =
    occurs > 0 ? occurs : Math.max(0, ...[...terms.keys()].map((lexeme) => dictionary.lookUp(lexeme)[0]?.chunks ?? 0))
  const weight = rarity(dictionary.total, known)
  if (isCourtesy(word)) return { word, terms, weight: weight * COURTESY_WEIGHT, isUnknown: false }
  if (known === 0 && isCountry(dictionary.language, word))
    return { word, terms, weight: weight * COUNTRY_WEIGHT, isUnknown: false }
  return { word, terms, weight, isUnknown: known === 0 }
}

/** How surprising a word is (BM25's inverse document frequency, never negative); one that occurs nowhere is as telling as a rare one. */
function rarity(total: number, chunks: number): number {
  const seen = Math.max(chunks, 1)
  return Math.log(1 + (Math.max(total, 8) - Math.min(seen, total) + 0.5) / (seen + 0.5))
}
