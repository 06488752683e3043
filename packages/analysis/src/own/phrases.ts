/** Finds a phrase in a text: as whole words, in any case and with any spaces between; a star at the end stands for any ending. */

/** Longer texts are read from their beginning, as everywhere. */
const READ_AT_MOST = 6000
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

/** Compiled once for each phrase: a preview looks for the same ones in thousands of messages. */
const compiled = new Map<string, RegExp>()
const MOST_COMPILED = 2000

export function findPhrase(text: string, phrase: string): { start: number; end: number } | null {
  const found = patternOf(phrase).exec(text.slice(0, READ_AT_MOST))
  return found ? { start: found.index, end: found.index + found[0].length } : null
}

function patternOf(phrase: string): RegExp {
  const known = compiled.get(phrase)
  if (known) return known
  if (compiled.size >= MOST_COMPILED) compiled.clear()
  const open = phrase.endsWith('*')
  const plain = (open ? phrase.slice(0, -1) : phrase).trim().normalize('NFC')
  // Everything of the phrase stands for itself; only spaces may differ.
  const body = plain
    .split(/\s+/u)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/['’]/g, "['’]"))
    .join('\\s+')
  const bounded = !UNSPACED.test(plain)
  const before = bounded && /^[\p{L}\p{N}]/u.test(plain) ? '(?<![\\p{L}\\p{N}])' : ''
  const after = bounded && !open && /[\p{L}\p{M}\p{N}]$/u.test(plain) ? '(?![\\p{L}\\p{M}\\p{N}])' : ''
  const pattern = new RegExp(`${before}${body || '(?!)'}${after}`, 'iu')
  compiled.set(phrase, pattern)
  return pattern
}
