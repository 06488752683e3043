/** A question as weighted terms: its telling words, their meanings across languages, and pieces of words against typing mistakes. */
import {
  findPhrases,
  foldAccents,
  isAttribute,
  isCourtesy,
  isEveryday,
  meaningsOf,
  splitWords,
  stem,
} from '../knowledge/index.ts'

/** Term → how much it says of the question; not yet weighed by how rare it is. */
export type Weights = ReadonlyMap<string, number>

export interface Terms {
  language: string
  /** To compare with questions of the same language. */
  own: Weights
  /** To compare with those of others: what a word means, in place of how it is said. */
  shared: Weights
}

const LONGEST = 500
/** Of a word whose meaning is known the meaning says most: another language has another word for it. */
const BESIDE_MEANING = 0.5
const EVERYDAY_MEANING = 0.3
const ATTRIBUTE = 0.7
const PIECES = 0.55
const PIECE = 4

export function readTerms(text: string, language: string): Terms {
  const { plain, pairs } = splitWords(text.slice(0, LONGEST))
  const own = new Map<string, number>()
  const shared = new Map<string, number>()
  const add: Add = (term, weight, isShared) => {
    own.set(term, Math.max(own.get(term) ?? 0, weight))
    if (isShared) shared.set(term, Math.max(shared.get(term) ?? 0, weight))
  }
  for (const { meaning } of findPhrases(language, plain)) add(`=${meaning}`, 1, true)
  for (const word of plain) addWord(word, language, add)
  for (const pair of pairs) add(pair, 0.7, true)
  // Made of everyday words alone: it is like nothing but itself.
  if (own.size === 0) add(`"${plain.join(' ')}`, 1, true)
  return { language, own, shared }
}

type Add = (term: string, weight: number, isShared: boolean) => void

function addWord(word: string, language: string, add: Add): void {
  const meanings = meaningsOf(language, word)
  const says = isAttribute(word) ? ATTRIBUTE : 1
  const isPlain = isEveryday(language, word) || isCourtesy(word)
  const weight = (isPlain ? EVERYDAY_MEANING : says) / Math.sqrt(Math.max(1, meanings.length))
  for (const meaning of meanings) add(`=${meaning}`, weight, true)
  if (isPlain) return
  // A word that only its language has cannot be met in another one.
  const isShared = meanings.length === 0
  const said = isShared ? says : says * BESIDE_MEANING
  add(stem(language, word), said, isShared)
  const pieces = piecesOf(foldAccents(word))
  for (const piece of pieces) add(`~${piece}`, (said * PIECES) / Math.sqrt(pieces.length), isShared)
}

function piecesOf(word: string): string[] {
  if (word.length < PIECE + 1) return []
  const marked = `<${word}>`
  return Array.from({ length: marked.length - PIECE + 1 }, (_, at) => marked.slice(at, at + PIECE))
}
