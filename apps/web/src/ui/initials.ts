/** Up to two letters, and a steady hue, for a name in any script. */
const HUES = [292, 232, 188, 150, 95, 60, 30, 345]
/** Scripts in which two first letters side by side say nothing. */
const ONE_LETTER = /[\u3040-\u9fff\uac00-\ud7af\u0600-\u06ff]/

export function initials(name: string): string {
  const words = name
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .split(/\s+/)
    .filter(Boolean)
  const first = firstLetter(words[0])
  if (!first) return '?'
  const last = words.length > 1 ? firstLetter(words.at(-1)) : ''
  return ONE_LETTER.test(first) ? first : (first + last).toUpperCase()
}

export function nameHue(name: string): number {
  let sum = 0
  for (const letter of name) sum += letter.codePointAt(0) ?? 0
  return HUES[sum % HUES.length] ?? 292
}

const firstLetter = (word = '') => [...word][0] ?? ''
