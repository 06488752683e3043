/** The shape of a word list, and its compiled form: one look-up a word, stems and phrases included. */
import type { Emotion } from '../contract.ts'

/** Per emotion: words that say it plainly, then words that only lean towards it. */
export type Lexicon = Partial<Record<Emotion, [plain: string, leaning?: string]>>

export type Hit = { emotion: Emotion; weight: number; length: number }

export type CompiledLexicon = {
  words: Map<string, Hit[]>
  stems: Map<string, Hit[]>
  /** First word of a phrase → the phrases that begin with it. */
  phrases: Map<string, { rest: string[]; hit: Hit }[]>
  /** Emoji, smileys, and all terms of scripts without spaces: found anywhere. */
  signs: [string, Hit][]
}

const WORDLIKE = /^[\p{L}\p{M}\p{N}_'*]+$/u
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

const put = <K, V>(map: Map<K, V[]>, key: K, value: V) => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

export const compile = (...lexicons: Lexicon[]): CompiledLexicon => {
  const compiled: CompiledLexicon = { words: new Map(), stems: new Map(), phrases: new Map(), signs: [] }
  for (const lexicon of lexicons)
    for (const [emotion, lists] of Object.entries(lexicon) as [Emotion, [string, string?]][])
      lists.forEach((list, rank) => {
        for (const term of (list ?? '').split(/\s+/).filter(Boolean))
          add(compiled, term, { emotion, weight: rank === 0 ? 1 : 0.5, length: 1 })
      })
  return compiled
}

const add = (compiled: CompiledLexicon, term: string, hit: Hit) => {
  if (!WORDLIKE.test(term) || UNSPACED.test(term)) {
    compiled.signs.push([term.replaceAll('_', ' ').replaceAll('*', ''), hit])
  } else if (term.includes('_')) {
    const [first = '', ...rest] = term.split('_')
    put(compiled.phrases, first, { rest, hit: { ...hit, length: rest.length + 1 } })
  } else if (term.endsWith('*')) put(compiled.stems, term.slice(0, -1), hit)
  else put(compiled.words, term, hit)
}

const LONGEST_STEM = 16

/** What the words from `at` on say; the longest phrase wins over its words. */
export const hitsAt = (lexicon: CompiledLexicon, tokens: string[], at: number): Hit[] => {
  const token = tokens[at]
  if (token === undefined) return []
  const phrase = lexicon.phrases
    .get(token)
    ?.filter(({ rest }) => rest.every((word, i) => tokens[at + 1 + i] === word))
    .sort((a, b) => b.rest.length - a.rest.length)[0]
  if (phrase) return [phrase.hit]
  const exact = lexicon.words.get(token)
  if (exact) return exact
  for (let length = Math.min(token.length, LONGEST_STEM); length >= 3; length--) {
    const stem = lexicon.stems.get(token.slice(0, length))
    if (stem) return stem
  }
  return []
}
