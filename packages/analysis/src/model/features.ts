/** A text as hashed n-grams: words, pairs, negated words and pieces of words. What the trained models see. */
import { scoreText } from '../lexicon/score-text.ts'
import { readable } from '../text/words.ts'

/** What a model was trained on; it travels with its weights, so that both always agree. */
export type FeatureOptions = {
  /** Places are 2 to the power of this. */
  bits: number
  /** Pieces of words of these lengths, e.g. `[3, 5]`; word ends are marked. */
  pieces: [from: number, to: number]
  /** Single words and pairs, also with one word between. */
  words: boolean
  /** Words after a negation, beside themselves. Reads English only. */
  negation: boolean
  /** First and last word, length, capitals, marks. */
  shape: boolean
  /** What the English word lists say of it. */
  lexicon: boolean
}

/** Places, ascending only by accident, and how much each is there: 1 + ln(count), before any weighing. */
export type Features = { places: Int32Array; amounts: Float32Array }

const TOKEN =
  /[\p{L}\p{M}]+(?:'\p{L}+)?|\p{N}+|\p{Extended_Pictographic}|\[[a-z]+\]|[!?]+|\.{2,}|[^\s\p{L}\p{M}\p{N}]/gu
const NEGATION = new Set(
  `not no never nothing nobody none neither nor cannot without hardly barely ain't can't won't don't doesn't didn't isn't aren't wasn't
  weren't wouldn't shouldn't couldn't haven't hasn't hadn't`.split(/\s+/),
)
const CLAUSE_END = /^[.!?,;:]/
/** So many words after a negation are negated, unless the clause ends. */
const NEGATION_REACHES = 3

/** Each kind begins its hash elsewhere, so that a word and a piece of the same letters stay apart. */
const KIND = {
  word: 0x2c5f1a07,
  pair: 0x51b3c99d,
  skip: 0x7e0d4b21,
  negated: 0x19f6a3e5,
  piece: 0x3a8c60fb,
  shape: 0x64d21d83,
  lexicon: 0x0b97e3c1,
}

export const featuresOf = (text: string, options: FeatureOptions): Features => {
  const counts = new Map<number, number>()
  const mask = 2 ** options.bits - 1
  const add = (hash: number) => {
    const place = spread(hash) & mask
    counts.set(place, (counts.get(place) ?? 0) + 1)
  }
  const read = readable(text)
  const tokens = tokensOf(read)
  if (options.words) addWords(tokens, add)
  if (options.negation) addNegated(tokens, add)
  addPieces(tokens, options.pieces, add)
  if (options.shape) addShape(read, tokens, add)
  if (options.lexicon) addLexicon(text, add)
  const places = new Int32Array(counts.size)
  const amounts = new Float32Array(counts.size)
  let at = 0
  for (const [place, count] of counts) {
    places[at] = place
    amounts[at++] = 1 + Math.log(count)
  }
  return { places, amounts }
}

/** Rows of marks are one token of two signs: "!!!!" and "!!" say the same. */
const tokensOf = (read: string): string[] =>
  (read.toLowerCase().match(TOKEN) ?? []).map((token) =>
    /^[!?.]{2,}$/.test(token) ? token.slice(0, 1).repeat(2) : token,
  )

const addWords = (tokens: string[], add: (hash: number) => void): void => {
  for (let i = 0; i < tokens.length; i++) {
    const word = tokens[i]!
    add(hashed(KIND.word, word))
    add(hashed(hashed(KIND.pair, tokens[i - 1] ?? '^'), ` ${word}`))
    if (i > 1) add(hashed(hashed(KIND.skip, tokens[i - 2]!), ` ${word}`))
  }
  const last = tokens.at(-1)
  if (last !== undefined) add(hashed(hashed(KIND.pair, last), ' $'))
}

const addNegated = (tokens: string[], add: (hash: number) => void): void => {
  let left = 0
  for (const token of tokens) {
    if (CLAUSE_END.test(token)) left = 0
    else if (NEGATION.has(token)) left = NEGATION_REACHES
    else if (left > 0) {
      add(hashed(KIND.negated, token))
      left--
    }
  }
}

const addPieces = (tokens: string[], [from, to]: [number, number], add: (hash: number) => void): void => {
  for (const token of tokens) {
    if (token.length === 1 && !/\p{L}/u.test(token)) continue
    const marked = `<${token}>`
    for (let length = from; length <= to; length++)
      for (let start = 0; start + length <= marked.length; start++)
        add(hashed(KIND.piece + length, marked, start, start + length))
  }
}

const addShape = (read: string, tokens: string[], add: (hash: number) => void): void => {
  const say = (what: string) => add(hashed(KIND.shape, what))
  say(`first ${tokens[0] ?? ''}`)
  say(`last ${tokens.at(-1) ?? ''}`)
  say(`length ${Math.min(8, Math.round(Math.log2(1 + tokens.length) * 2))}`)
  if (/\p{Lu}{4,}/u.test(read)) say('capitals')
  if (read.includes('?')) say('asks')
  if (read.includes('!')) say('calls')
}

const addLexicon = (text: string, add: (hash: number) => void): void => {
  const { polarity, emotions } = scoreText(text, 'en')
  add(hashed(KIND.lexicon, `polarity ${Math.round(polarity * 4)}`))
  for (const { label, score } of emotions) {
    add(hashed(KIND.lexicon, label))
    if (score > 0.5) add(hashed(KIND.lexicon, `much ${label}`))
  }
}

/** FNV-1a over UTF-16 code units, going on from where the kind or the word before ended. */
const hashed = (from: number, text: string, start = 0, end = text.length): number => {
  let hash = from
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}

/** Its low bits alone are not even enough to be places. */
const spread = (hash: number): number => {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return mixed ^ (mixed >>> 13)
}
