/** Takes German compounds apart into words the lexicon knows: "Rücksendeetikett" speaks of Rücksendung and of Etikett. */
import { isInLexicon } from './concepts.ts'
import { isEveryday } from './everyday.ts'

const LEAST_PART = 3
const LEAST_WORD = 8
const LINKS = ['', 's', 'es', 'n', 'en', 'e']

export function splitCompound(word: string, depth = 0): string[] {
  if (word.length < LEAST_WORD || depth > 2) return []
  // The longest last part says what kind of thing it is.
  for (let cut = LEAST_PART; cut <= word.length - LEAST_PART; cut++) {
    const tail = word.slice(cut)
    if (!isInLexicon('de', tail)) continue
    const head = headOf(word.slice(0, cut))
    if (head) return [head, tail]
    const more = splitCompound(word.slice(0, cut), depth + 1)
    if (more.length > 0) return [...more, tail]
  }
  return []
}

/** The head without what links it to the rest. */
function headOf(part: string): string | undefined {
  for (const link of LINKS) {
    if (!part.endsWith(link)) continue
    const head = part.slice(0, part.length - link.length)
    if (head.length >= LEAST_PART && (isInLexicon('de', head) || isEveryday('de', head))) return head
  }
  return undefined
}
