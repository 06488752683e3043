/** Reads a question for one language of the knowledge base: which terms to look for, and how much each says. */
import { splitCompound } from './compounds.ts'
import { findPhrases, meaningsOf, wordsFor } from './concepts.ts'
import { isCourtesy, isEveryday } from './everyday.ts'
import { isCountry } from './place-names.ts'
import { foldAccents } from './words.ts'

/** A question before it is read for a language. */
export interface Asked {
  /** In order. */
  words: string[]
  pairs: string[]
  /** Undefined: not known; then it may be any. */
  language: string | undefined
  /** Known words that a mistyped one may have been. */
  corrections: Map<string, string[]>
}

/** One word of the question: any of its terms in a passage counts, by its factor. */
export interface Slot {
  word: string
  /** Lexeme → how surely it is the same, 0 to 1. */
  terms: Map<string, number>
  /** How much the word says: rare words more, words of courtesy less. */
  weight: number
  /** It occurs nowhere in the knowledge base, nor does anything of the same meaning. */
  isUnknown: boolean
  /** Unknown, and yet it is known what it means: no article of this language is about it. */
  isLacking: boolean
}

export interface LexemeCount {
  lexeme: string
  chunks: number
}

const MISTYPED = 0.9
const SAME_MEANING = 0.75
const PHRASE = 0.85
const PART = 0.7
const OTHER_LANGUAGE = 0.9
const EVERYDAY_WEIGHT = 0.1
const EVERYDAY_MEANING_WEIGHT = 0.35
const WORD_OF_PHRASE_WEIGHT = 0.4
/** Of words that nothing is known of: they may be a manner of speaking. Of one whose meaning is known, but no article's, less is in doubt. */
const UNKNOWN_WEIGHT = 0.6
const UNKNOWN_PAIR = 0.15
/** Two signs of the Japanese syllabary that writes endings and particles. */
const KANA_ONLY = /^\p{Script=Hiragana}+$/u
const GRAMMAR_PAIR = 0.3
const COUNTRY_WEIGHT = 0.5

export interface Dictionary {
  language: string
  total: number
  /** What a word becomes in this language, and in how many passages that occurs; empty: it says nothing. */
  lookUp(word: string): LexemeCount[]
}

const codeOf = (language: string): string => language.split('-')[0]!.toLowerCase()

/** The words whose meaning the dictionary of a language must be asked for. */
export function wordsToLookUp(asked: Asked, language: string): string[] {
  const all = new Set<string>()
  const own = asked.language ?? codeOf(language)
  for (const word of asked.words) {
    for (const form of formsOf(asked, word, own)) {
      all.add(form.word)
      all.add(foldAccents(form.word))
      for (const meaning of meaningsOf(own, form.word))
        for (const other of wordsFor(meaning, codeOf(language))) all.add(other)
    }
  }
  for (const { meaning } of findPhrases(own, corrected(asked)))
    for (const other of wordsFor(meaning, codeOf(language))) all.add(other)
  return [...all]
}

/** The question with its mistyped words put right, for phrases. */
const corrected = ({ words, corrections }: Asked): string[] => words.map((word) => corrections.get(word)?.[0] ?? word)

interface Form {
  word: string
  factor: number
}
/** A word as it stands, as it was meant, and its parts. */
function formsOf({ corrections }: Asked, word: string, own: string): Form[] {
  const meant = (corrections.get(word) ?? []).map((fixed) => ({ word: fixed, factor: MISTYPED }))
  const whole = [{ word, factor: 1 }, ...meant]
  const parts = own === 'de' ? whole.flatMap((form) => splitCompound(form.word)) : []
  return [...whole, ...parts.map((part) => ({ word: part, factor: PART }))]
}

export function readQuestion(asked: Asked, dictionary: Dictionary): Slot[] {
  const own = asked.language ?? codeOf(dictionary.language)
  const slots: Slot[] = []
  const inPhrases = new Set<number>()
  for (const said of findPhrases(own, corrected(asked))) {
    const slot = slotOf(said.at.map((place) => asked.words[place]).join(' '), dictionary, (add) =>
      addMeaning(said.meaning, dictionary, PHRASE, add),
    )
    // A phrase that is unknown as a whole may still be said by its words.
    if (slot.isUnknown && said.at.some((place) => isSaid(asked.words[place]!, own, dictionary))) continue
    for (const place of said.at) inPhrases.add(place)
    slots.push(slot.isUnknown ? lacking(slot) : slot)
  }
  const seen = new Set<string>()
  for (const [place, word] of asked.words.entries()) {
    if (seen.has(word)) continue
    seen.add(word)
    const slot = readWord(word, asked, own, dictionary)
    if (slot && inPhrases.has(place))
      slots.push({ ...slot, weight: slot.weight * WORD_OF_PHRASE_WEIGHT, isUnknown: false, isLacking: false })
    else if (slot) slots.push(slot)
  }
  return [...slots, ...asked.pairs.map((pair) => readPair(pair, dictionary))]
}

const isSaid = (word: string, own: string, dictionary: Dictionary): boolean =>
  !isEveryday(own, word) && dictionary.lookUp(word).some(({ chunks }) => chunks > 0)

function readPair(pair: string, dictionary: Dictionary): Slot {
  const { chunks } = dictionary.lookUp(pair)[0] ?? { chunks: 0 }
  // A pair that occurs nowhere is mostly two halves of different words.
  const weight =
    rarity(dictionary.total, chunks) * (chunks > 0 ? 1 : UNKNOWN_PAIR) * (KANA_ONLY.test(pair) ? GRAMMAR_PAIR : 1)
  return { word: pair, terms: new Map([[pair, 1]]), weight, isUnknown: false, isLacking: false }
}

function readWord(word: string, asked: Asked, own: string, dictionary: Dictionary): Slot | undefined {
  const isOwn = own === codeOf(dictionary.language)
  const plain = dictionary.lookUp(word)
  const everyday = isEveryday(own, word) || (asked.language === undefined && isCourtesy(word))
  const meanings = meaningsOf(own, word)
  // A word such as "the" says nothing in this language.
  if (isOwn && plain.length === 0 && meanings.length === 0) return undefined
  if (!isOwn && everyday && meanings.length === 0) return undefined
  const slot = slotOf(word, dictionary, (add) => {
    for (const form of formsOf(asked, word, own)) {
      const factor = form.factor * (isOwn ? 1 : OTHER_LANGUAGE)
      add(dictionary.lookUp(form.word), factor)
      add(dictionary.lookUp(foldAccents(form.word)), 0.95 * factor)
      for (const meaning of meaningsOf(own, form.word)) addMeaning(meaning, dictionary, form.factor * SAME_MEANING, add)
    }
  })
  if (everyday || (isOwn && plain.length === 0)) {
    const weight = slot.weight * (meanings.length > 0 ? EVERYDAY_MEANING_WEIGHT : EVERYDAY_WEIGHT)
    return { ...slot, weight, isUnknown: false, isLacking: false }
  }
  if (slot.isUnknown && meanings.length > 0) return lacking(slot)
  if (slot.isUnknown && isCountry(dictionary.language, word))
    return { ...slot, weight: slot.weight * COUNTRY_WEIGHT, isUnknown: false }
  return slot
}

const lacking = (slot: Slot): Slot => ({ ...slot, weight: slot.weight / UNKNOWN_WEIGHT, isLacking: true })

type Add = (found: LexemeCount[], factor: number) => void

function addMeaning(meaning: number, dictionary: Dictionary, factor: number, add: Add): void {
  for (const other of wordsFor(meaning, codeOf(dictionary.language))) add(dictionary.lookUp(other), factor)
}

function slotOf(word: string, dictionary: Dictionary, fill: (add: Add) => void): Slot {
  const terms = new Map<string, number>()
  const chunks = new Map<string, number>()
  fill((found, factor) => {
    for (const one of found) {
      if (!one.lexeme || (terms.get(one.lexeme) ?? 0) >= factor) continue
      terms.set(one.lexeme, factor)
      chunks.set(one.lexeme, one.chunks)
    }
  })
  const surest = Math.max(
    0,
    ...[...terms].filter(([lexeme]) => (chunks.get(lexeme) ?? 0) > 0).map(([, factor]) => factor),
  )
  const known = Math.max(
    0,
    ...[...terms].filter(([, factor]) => factor >= surest - 0.15).map(([lexeme]) => chunks.get(lexeme) ?? 0),
  )
  const weight = rarity(dictionary.total, known) * (known === 0 ? UNKNOWN_WEIGHT : 1)
  return { word, terms, weight, isUnknown: known === 0, isLacking: false }
}

/** How surprising a word is (BM25's inverse document frequency, never negative); one that occurs nowhere is as telling as a rare one. */
function rarity(total: number, chunks: number): number {
  const seen = Math.max(chunks, 1)
  return Math.log(1 + (Math.max(total, 8) - Math.min(seen, total) + 0.5) / (seen + 0.5))
}
