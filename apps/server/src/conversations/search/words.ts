/**
 * Cuts folded text into the words the search index holds, and a term into what it asks of words.
 *
 *   word    a run of letters and digits            refund, ab123456, الطلب
 *   script  without spaces: every character and every two neighbours      订单号 → 订 单 号 订单 单号
 *   sign    # @ % _ \ and emoji, each by itself; spaces and common punctuation are nothing
 */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const LETTER = /[\p{L}\p{N}\p{M}]/u
const NOTHING = new Set(' \t\n\r.,?!\'"-:;/()，。？！、：；؟،\u00a0\u001f')
/** A longer run is cut into windows that overlap by half, so that any piece of half its length is inside one of them. */
const LONGEST = 120
const HALF = LONGEST / 2

type Kind = 'nothing' | 'word' | 'unspaced' | 'sign'
interface Run {
  kind: Kind
  from: number
  to: number
}

const kinds = new Map<string, Kind>()
function kindOf(character: string): Kind {
  let kind = kinds.get(character)
  if (kind === undefined) {
    kind = UNSPACED.test(character)
      ? 'unspaced'
      : LETTER.test(character)
        ? 'word'
        : NOTHING.has(character)
          ? 'nothing'
          : 'sign'
    kinds.set(character, kind)
  }
  return kind
}

function* runsOf(characters: readonly string[]): Generator<Run> {
  for (let from = 0; from < characters.length; ) {
    const kind = kindOf(characters[from]!)
    let to = from + 1
    if (kind === 'word' || kind === 'unspaced') while (to < characters.length && kindOf(characters[to]!) === kind) to++
    if (kind !== 'nothing') yield { kind, from, to }
    from = to
  }
}

/** Adds the words of `text` to `into`. */
export function addWords(text: string, into: Set<string>): void {
  const characters = [...text]
  for (const { kind, from, to } of runsOf(characters)) {
    if (kind === 'word') {
      if (to - from <= LONGEST) into.add(characters.slice(from, to).join(''))
      else for (let at = from; at < to; at += HALF) into.add(characters.slice(at, Math.min(to, at + LONGEST)).join(''))
    } else
      for (let at = from; at < to; at++) {
        into.add(characters[at]!)
        if (at + 1 < to) into.add(characters[at]! + characters[at + 1]!)
      }
  }
}

/** What a term asks: words that must be there as they are, and pieces of words that go on to the left, to the right, or both. */
export interface Ask {
  whole: string[]
  pieces: { text: string; left: boolean; right: boolean }[]
}

export function askWords(term: string): Ask {
  const characters = [...term]
  const whole = new Set<string>()
  const pieces: Ask['pieces'] = []
  for (const { kind, from, to } of runsOf(characters)) {
    const text = characters.slice(from, to)
    if (kind === 'sign') whole.add(text[0]!)
    else if (kind === 'unspaced') {
      if (text.length === 1) whole.add(text[0]!)
      for (let at = 0; at + 1 < text.length; at++) whole.add(text[at]! + text[at + 1]!)
    } else if (text.length > HALF) pieces.push({ text: text.slice(0, HALF).join(''), left: true, right: true })
    else if (from === 0 || to === characters.length)
      pieces.push({ text: text.join(''), left: from === 0, right: to === characters.length })
    else whole.add(text.join(''))
  }
  return { whole: [...whole], pieces }
}

function spread(hash: number): number {
  let h = hash ^ (hash >>> 15)
  h = Math.imul(h, 0x2c1b3c6d)
  h ^= h >>> 12
  h = Math.imul(h, 0x297a2d39)
  return (h ^ (h >>> 15)) | 0
}

/** 32 bits of a text, well mixed. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return spread(hash)
}

/** The key of a word in one workspace. */
export const keyOf = (word: string, workspaceMix: number): number => hashOf(word) ^ workspaceMix
export const mixOf = (workspaceId: string): number => hashOf(`workspace ${workspaceId}`)

const NONE = 0x110000
const letterKey = (a: number, b: number, c: number): number =>
  spread(Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 7, 0x85ebca6b) ^ Math.imul(c + 31, 0xc2b2ae35))
const isPlain = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 48 && code <= 57)
const codesOf = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0)!)

/** Neighbouring letters, two and three, and single ones of other scripts: by these a piece finds the words it is in. */
export function lettersOf(word: string, workspaceMix: number): number[] {
  const codes = codesOf(word)
  const letters = new Set<number>()
  for (let i = 0; i < codes.length; i++) {
    const a = codes[i]!
    if (!isPlain(a)) letters.add(letterKey(a, NONE, NONE) ^ workspaceMix)
    if (i + 1 < codes.length) letters.add(letterKey(a, codes[i + 1]!, NONE) ^ workspaceMix)
    if (i + 2 < codes.length) letters.add(letterKey(a, codes[i + 1]!, codes[i + 2]!) ^ workspaceMix)
  }
  return [...letters]
}

/** The fewest that say the same: threes where there are any. Empty for one plain letter, which says nothing. */
export function askLetters(piece: string, workspaceMix: number): number[] {
  const codes = codesOf(piece)
  if (codes.length === 1 && isPlain(codes[0]!)) return []
  const size = Math.min(3, codes.length)
  const letters = new Set<number>()
  for (let i = 0; i + size <= codes.length; i++)
    letters.add(letterKey(codes[i]!, size > 1 ? codes[i + 1]! : NONE, size > 2 ? codes[i + 2]! : NONE) ^ workspaceMix)
  return [...letters]
}
