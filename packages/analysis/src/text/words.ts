/** Text cut into what the rules read: words, sentences, overlap. The base of every other file here. */

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}]+)?/gu
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu
/** Longer texts are read from their beginning: a message may be 16,000 characters, a rule needs far less. */
const READ_AT_MOST = 6000

export const readable = (text: string): string =>
  (text.length > READ_AT_MOST ? text.slice(0, READ_AT_MOST) : text).normalize('NFC').replaceAll('’', "'")

export const words = (text: string): string[] => readable(text).toLowerCase().match(WORD) ?? []

/** Chinese, Japanese and Thai write no spaces: about 1.6 signs make a word there. */
export const countWords = (text: string): number => {
  const signs = text.match(CJK)?.length ?? 0
  const spaced = signs ? (text.replace(CJK, ' ').match(WORD)?.length ?? 0) : words(text).length
  return spaced + Math.ceil(signs / 1.6)
}

export type Sentence = { text: string; start: number; end: number }

const SENTENCE_END = /(?:[.!?؟…]+(?=["'”’)\]]?(?:\s|$))|[。！？]+|\n+)["'”’)\]]?/gu
const ABBREVIATION =
  /(?:\b(?:mr|mrs|ms|dr|prof|st|no|nr|vs|e\.g|i\.e|etc|approx|a\.m|p\.m|inc|ltd)|^\p{L}|\s\p{Lu})\.$/iu

/** "bis zum 20. November", "14. Mai": the dot makes the number an ordinal. */
const ORDINAL = /(?:^|[^\d.,])\d{1,2}\.$/
const AFTER_ORDINAL =
  /^\s(?:jan|feb|mär|mar|apr|mai|maj|may|jun|jul|aug|sep|okt|oct|nov|dez|dec|des|klass|stock|etage|geburtstag|uhr)/i

/** Sentences with their place in the text, so that evidence can quote exactly. */
export const sentences = (text: string): Sentence[] => {
  const cut: Sentence[] = []
  let start = 0
  const push = (end: number) => {
    const raw = text.slice(start, end)
    const trimmed = raw.trim()
    const from = start + raw.indexOf(trimmed)
    if (trimmed) cut.push({ text: trimmed, start: from, end: from + trimmed.length })
    start = end
  }
  for (const match of text.slice(0, READ_AT_MOST).matchAll(SENTENCE_END)) {
    const end = match.index + match[0].length
    if (match[0] === '.' && ABBREVIATION.test(text.slice(Math.max(start, end - 12), end))) continue
    if (
      match[0] === '.' &&
      ORDINAL.test(text.slice(Math.max(start, end - 4), end)) &&
      AFTER_ORDINAL.test(text.slice(end, end + 12))
    )
      continue
    push(end)
  }
  push(text.length)
  return cut
}

const GLUE = new Set(
  `a an the i you he she it we they me him her us them my your our their this that these those is are was were be been am do does did
  have has had can could will would shall should may might must to of in on at by for with from as and or but if so not no yes ok okay
  please thanks thank hi hello hey there here what when where which who whom whose how why just also too any some all more about into
  want need like get go let know tell help i'm i'd i'll i've it's that's what's there's don't can't one much many very really well
  der die das und ist ein eine ich sie wir mit auf für nicht le la les un une de des et est je vous nous pour el los las y es que con por
  para mi su não uma com il di che per sono het een en ik van`.split(/\s+/),
)

const CJK_RUN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu

/** The words that carry the topic; in unspaced scripts, pairs of signs. */
export const topicWords = (text: string): Set<string> => {
  const topic = new Set<string>()
  for (const word of words(text)) if (word.length > 2 && !GLUE.has(word)) topic.add(stem(word))
  for (const run of readable(text).match(CJK_RUN) ?? [])
    for (let i = 0; i + 1 < run.length; i++) topic.add(run.slice(i, i + 2))
  return topic
}

const stem = (word: string): string => (word.length > 4 ? word.replace(/(?:'s|ies|es|s|ing|ed)$/u, '') : word)

/** Jaccard overlap of two texts' words: 1 is the same words, 0 none shared. */
export const overlap = (a: Iterable<string>, b: Iterable<string>): number => {
  const left = new Set(a)
  const right = new Set(b)
  if (left.size === 0 || right.size === 0) return 0
  let both = 0
  for (const word of left) if (right.has(word)) both++
  return both / (left.size + right.size - both)
}

/** Share of the first text's words found in the second. */
export const covered = (needles: Set<string>, hay: Set<string>): number => {
  if (needles.size === 0) return 0
  let found = 0
  for (const word of needles) if (hay.has(word)) found++
  return found / needles.size
}

/** One expression of many phrases, matched as whole words in any spaced script. Phrases are regular expressions. */
export const anyOf = (...phrases: string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${phrases.join('|')})(?![\\p{L}\\p{N}])`, 'iu')

/** The same for scripts without spaces, where a phrase may stand anywhere. */
export const anywhere = (...phrases: string[]): RegExp => new RegExp(`(?:${phrases.join('|')})`, 'iu')
