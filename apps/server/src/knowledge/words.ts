/** Words of a text as the search sees them: normalised, and pairs of characters where a script writes without spaces. */

const WORD = /[\p{L}\p{N}\p{M}]+/gu
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu

export interface Words {
  /** Words of scripts with spaces, lower case, in order. */
  plain: string[]
  /** Pairs of neighbouring characters of scripts without. */
  pairs: string[]
}

export function splitWords(text: string): Words {
  const plain: string[] = []
  const pairs: string[] = []
  for (const [run] of readable(text).matchAll(WORD)) {
    for (const [unspaced] of run.matchAll(UNSPACED)) pairs.push(...pairsOf(unspaced))
    plain.push(...run.split(UNSPACED).filter((word) => word.length > 0 && word.length <= 60))
  }
  return { plain, pairs }
}

/** Lower case, one form for each letter, possessives and links' addresses gone. */
function readable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\]\([^)\s]{0,2000}\)/g, ']')
    .replace(/\bhttps?:\/\/\S{0,2000}/g, ' ')
    .replace(/(\p{L})['’]s\b/gu, '$1')
    .replace(/['’]/g, ' ')
    .normalize('NFC')
}

function pairsOf(run: string): string[] {
  const letters = [...run]
  if (letters.length === 1) return letters
  return letters.slice(1).map((letter, i) => letters[i] + letter)
}

/** Letters that Unicode does not take for an accented one, though people type them without. */
const PLAIN: Record<string, string> = { ł: 'l', ø: 'o', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' }

/** Without accents: many people type Latin and Greek letters without them. Other scripts keep their marks, which are letters there. */
export function foldAccents(word: string): string {
  return word
    .normalize('NFD')
    .replace(/([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu, '$1')
    .replace(/[łøđßæœı]/g, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFC')
}

/** How long a text is in words; unspaced scripts count two characters as one. */
export function countWords(text: string): number {
  const { plain, pairs } = splitWords(text)
  return plain.length + Math.ceil(pairs.length / 2)
}

/** Splits a paragraph into sentences, in any language. */
export function splitSentences(text: string, language = 'en'): string[] {
  const sentences: string[] = []
  for (const { segment } of segmenter(language).segment(text)) {
    const sentence = segment.trim()
    if (sentence.length === 0) continue
    // "e.g. this": the segmenter believes a sentence ended there.
    const last = sentences.at(-1)
    if (last !== undefined && /(?:\b(?:e\.g|i\.e|etc|approx|incl|no|nr|z\.B|bzw|ca|Mr|Mrs|Dr|St)\.)$/i.test(last))
      sentences[sentences.length - 1] = `${last} ${sentence}`
    else sentences.push(sentence)
  }
  return sentences
}

function segmenter(language: string): Intl.Segmenter {
  const code = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(language) ? language : 'en'
  return new Intl.Segmenter(code, { granularity: 'sentence' })
}
