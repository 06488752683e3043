/** Which known words a mistyped one may have been: similar by trigrams or by sound, and few edits away. */
import { foldAccents } from './words.ts'

export interface Similar {
  word: string
  candidate: string
  similarity: number
}

const MOST_CANDIDATES = 3

/** Keeps the candidates fewest edits away: one edit, for long words two; a swap of neighbours is one edit. */
export function chooseCorrections(similar: Similar[]): Map<string, string[]> {
  const ranked = new Map<string, { candidate: string; edits: number }[]>()
  for (const { word, candidate } of similar) {
    const edits = editsBetween(word, candidate)
    if (edits === undefined) continue
    const known = ranked.get(word) ?? []
    if (!known.some((one) => one.candidate === candidate)) ranked.set(word, [...known, { candidate, edits }])
  }
  const chosen = new Map<string, string[]>()
  for (const [word, candidates] of ranked) {
    const fewest = Math.min(...candidates.map(({ edits }) => edits))
    const best = candidates.filter(({ edits }) => edits <= fewest + 0.25).map(({ candidate }) => candidate)
    chosen.set(word, best.slice(0, MOST_CANDIDATES))
  }
  return chosen
}

/** Undefined: too far apart to be the same word. What sounds alike counts as half an edit. */
export function editsBetween(word: string, candidate: string): number | undefined {
  const [from, to] = [foldAccents(word), foldAccents(candidate)]
  if (from === to) return candidate === word ? undefined : 0
  const allowed = from.length <= 6 ? 1 : 2
  if (Math.abs(from.length - to.length) > allowed) return undefined
  const [soundFrom, soundTo] = [sound(from), sound(to)]
  if (soundFrom === soundTo) return 0.5
  // The first letter is rarely the wrong one: "book" is not "look".
  if (to[0] !== from[0] && soundTo[0] !== soundFrom[0] && from.length < 7 && !isSwapped(from, to)) return undefined
  const edits = Math.min(editDistance(from, to), 0.5 + editDistance(soundFrom, soundTo))
  if (from.length <= 3 && !isSwapped(from, to)) return undefined
  // One letter for another makes a different short word: "gato" is not "gano".
  if (from.length === 4 && to.length === 4 && !isSwapped(from, to)) return undefined
  return edits <= allowed ? edits : undefined
}

/** The first two letters in the wrong order, or a short word's letters. */
function isSwapped(a: string, b: string): boolean {
  return a.length === b.length && [...a].sort().join('') === [...b].sort().join('')
}

/** Letters that are heard alike in the languages of the lexicon. */
function sound(word: string): string {
  return word
    .replace(/ph/g, 'f')
    .replace(/ll/g, 'y')
    .replace(/(.)\1+/g, '$1')
    .replace(/h/g, '')
    .replace(/v|w/g, 'b')
    .replace(/qu|ck|c(?=[aouklrt]|$)/g, 'k')
    .replace(/z|c/g, 's')
    .replace(/g(?=[ei])/g, 'j')
    .replace(/n(?=[bp])/g, 'm')
    .replace(/dt|d$/g, 't')
    .replace(/ie|ei|y/g, 'i')
    .replace(/(.)\1+/g, '$1')
}

/** Damerau–Levenshtein (adjacent swaps), for words of at most some dozens of letters. */
export function editDistance(a: string, b: string): number {
  const [from, to] = [[...a], [...b]]
  let before: number[] = []
  let previous = to.map((_, j) => j)
  previous.push(to.length)
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const change = from[i - 1] === to[j - 1] ? 0 : 1
      row[j] = Math.min(row[j - 1]! + 1, previous[j]! + 1, previous[j - 1]! + change)
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      if (swapped) row[j] = Math.min(row[j]!, before[j - 2]! + 1)
    }
    before = previous
    previous = row
  }
  return previous[to.length]!
}
