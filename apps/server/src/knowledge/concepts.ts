/** Words that customers and articles use for the same thing, also across languages: from `concepts.txt`. */
import { readFileSync } from 'node:fs'
import { stem } from './stem.ts'

/** The columns of the list. */
const LANGUAGES = ['en', 'de', 'es', 'fr']
/** Other words that may stand between two of a phrase: German puts half a sentence between a verb and its prefix. */
const GAP = 2
const GERMAN_GAP = 5

interface Phrase {
  stems: string[]
  meaning: number
}
interface Lexicon {
  meanings: Map<string, number[]>
  /** By the stem of their first word. */
  phrases: Map<string, Phrase[]>
  /** Every single word, for mistyped ones. */
  words: string[]
}

/** Something a question says, by one word or by a phrase. */
export interface Said {
  /** Places of its words in the question. */
  at: number[]
  meaning: number
}

const lines = readFileSync(new URL('./concepts.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'))
/** Meaning → language → its single words. */
const columns = lines.map((line) => line.split('|').map((column) => column.trim().split(/\s+/).filter(Boolean)))
const lexicons = new Map(LANGUAGES.map((language, column) => [language, readColumn(language, column)]))

function readColumn(language: string, column: number): Lexicon {
  const meanings = new Map<string, number[]>()
  const phrases = new Map<string, Phrase[]>()
  const words = new Set<string>()
  for (const [meaning, row] of columns.entries()) {
    for (const entry of (row[column] ?? []).filter((one) => !one.startsWith('+'))) {
      const stems = entry.split(/[_’'-]/).map((part) => stem(language, part))
      if (stems.length > 1) {
        const known = phrases.get(stems[0]!) ?? []
        phrases.set(stems[0]!, [...known, { stems, meaning }])
      } else {
        const known = meanings.get(stems[0]!) ?? []
        if (!known.includes(meaning)) meanings.set(stems[0]!, [...known, meaning])
        words.add(entry)
      }
    }
  }
  return { meanings, phrases, words: [...words] }
}

/** Which languages the list knows. */
export const knowsLanguage = (language: string): boolean => lexicons.has(language)

export const lexiconWords = (language: string): string[] => lexicons.get(language)?.words ?? []

export function isInLexicon(language: string, word: string): boolean {
  return lexicons.get(language)?.meanings.has(stem(language, word)) ?? false
}

/** The meanings of one word. */
export function meaningsOf(language: string, word: string): number[] {
  return lexicons.get(language)?.meanings.get(stem(language, word)) ?? []
}

/** The phrases among the words of a question, in order. */
export function findPhrases(language: string, words: string[]): Said[] {
  const lexicon = lexicons.get(language)
  if (!lexicon) return []
  const stems = words.map((word) => stem(language, word))
  const found: Said[] = []
  for (const [start, first] of stems.entries()) {
    for (const phrase of lexicon.phrases.get(first) ?? []) {
      const at = follow(stems, start, phrase.stems, language === 'de' ? GERMAN_GAP : GAP)
      if (at && !found.some((said) => said.meaning === phrase.meaning)) found.push({ at, meaning: phrase.meaning })
    }
  }
  return found
}

function follow(stems: string[], start: number, wanted: string[], gap: number): number[] | undefined {
  const at = [start]
  for (const next of wanted.slice(1)) {
    const from = at.at(-1)! + 1
    const place = stems.slice(from, from + gap + 1).indexOf(next)
    if (place < 0) return undefined
    at.push(from + place)
  }
  return at
}

/** How a meaning is said in a language, in single words. */
export function wordsFor(meaning: number, language: string): string[] {
  const column = LANGUAGES.indexOf(language)
  return (columns[meaning]?.[column] ?? [])
    .filter((entry) => !entry.includes('_'))
    .map((entry) => entry.replace('+', ''))
}

/** The other words of the meanings of a word, in its own language. */
export function sameMeaning(language: string, word: string): string[] {
  const code = language.split('-')[0] ?? ''
  const others = meaningsOf(code, word).flatMap((meaning) => wordsFor(meaning, code))
  return [...new Set(others)].filter((other) => other !== word)
}
