/** Chooses the few sentences of a passage that answer a question, word for word as the article has them. */
import {
  countWords,
  editDistance,
  foldAccents,
  isCourtesy,
  isWorthCorrecting,
  LIST_ITEM,
  sameMeaning,
  splitSentences,
  splitWords,
  type Words,
} from '../knowledge/index.ts'

const MOST_SENTENCES = 3
const MOST_WORDS = 70
const SHORT_WORDS = 55
const MOST_ITEMS = 10
const CLEAR = 0.7

/** What kind of thing is asked for, and how a sentence looks that says it. */
const KINDS: { question: RegExp; answer: RegExp }[] = [
  {
    question:
      /how (?:long|soon|fast|quick|many (?:days|weeks|hours))|\bwhen\b|what time|\bwann\b|wie lange|\bquand\b|combien de temps|cu[aá]ndo|cu[aá]nto (?:tiempo|tarda)|\bquando\b|quanto tempo|wanneer|hoe lang|kiedy|jak długo|когда|сколько времени|いつ|何日|多久|什么时候/iu,
    answer:
      /\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm|a\.m|p\.m|h|uhr|uur|時|点|点钟)(?![a-z])|(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|next|same|eine?|zwei|drei|vier|nächsten|une?|deux|trois|dos|tres|due|tre|dwa|trzy))\b.{0,20}?(?:days?|weeks?|hours?|minutes?|months?|years?|tage?n?|wochen?|stunden?|monate?n?|jours?|semaines?|heures?|mois|d[ií]as?|semanas?|horas?|mes(?:es)?|giorni|settimane|ore|dagen|weken|uur|dni|tygodnie)\b|\b(?:immediately|at once|sofort|immédiatement|enseguida|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|diens|donners|frei|sams|sonn)tags?|lundi|samedi|dimanche|lunes|sábado|domingo)\b|\d\s*[日時天]/iu,
  },
  {
    question:
      /how much|\bcosts?\b|\bprices?\b|\bfees?\b|\bcharges?\b|expensive|wie ?viel|kostet|kosten|preis|combien|co[uû]te|prix|cu[aá]nto cuesta|precio|quanto custa|pre[cç]o|quanto costa|prezzo|hoeveel|\bprijs|ile kosztuje|cena|сколько стоит|цена|いくら|料金|多少钱|價格|价格/iu,
    answer:
      /[€$£¥]|\d+[.,]\d{2}|\b(?:free|euros?|dollars?|costs?|kostet|kosten|kostenlos|gratis|gratuite?|co[uû]te|cuesta|custa|costa|kosztuje)\b|円|元/iu,
  },
]
const FITS_THE_KIND = 0.5

interface Piece {
  text: string
  /** The line of the passage it stands in. */
  line: number
  isItem: boolean
  score: number
}

/** One to three sentences, or a sentence with the list it announces. */
export function chooseQuote(passage: { text: string; language: string }, about: Words, asked = ''): string {
  const text = stripCode(passage.text)
  if (countWords(text) <= SHORT_WORDS && !LIST_ITEM.test(text)) return text.trim()
  const pieces = cut(text, passage.language)
  if (pieces.length === 0) return text.slice(0, 500).trim()
  const wanted = KINDS.filter(({ question }) => question.test(asked))
  for (const piece of pieces) {
    const fits = wanted.some(({ answer }) => answer.test(piece.text))
    piece.score = scoreOf(piece.text, about, passage.language) + (fits ? FITS_THE_KIND : 0)
  }
  const closest = pieces.reduce((a, b) => (b.score > a.score ? b : a))
  // Nothing in the passage says it in the question's words: then it is its beginning that says what it is about.
  const best = closest.score < CLEAR ? pieces[0]! : closest
  return join(best.isItem || /[:：]$/.test(best.text) ? takeList(pieces, best) : takeSentences(pieces, best))
}

/** The one sentence (or item of a list) that has most of these words. */
export function closestSentence(passage: { text: string; language: string }, about: Words): string {
  const pieces = cut(stripCode(passage.text), passage.language)
  for (const piece of pieces) piece.score = scoreOf(piece.text, about, passage.language)
  return pieces.reduce<Piece | undefined>((a, b) => (a && a.score >= b.score ? a : b), undefined)?.text ?? ''
}

function cut(text: string, language: string): Piece[] {
  return text.split('\n').flatMap((line, number): Piece[] => {
    if (line.trim() === '') return []
    if (LIST_ITEM.test(line) || line.trimStart().startsWith('|'))
      return [{ text: line.trimEnd(), line: number, isItem: true, score: 0 }]
    return splitSentences(line, language).map((sentence) => ({ text: sentence, line: number, isItem: false, score: 0 }))
  })
}

/** The sentence with its neighbours: of the few sentences in a row that hold it, those that say most about it. */
function takeSentences(pieces: Piece[], best: Piece): Piece[] {
  const at = pieces.indexOf(best)
  let taken: Piece[] = []
  for (let from = at; from >= Math.max(0, at - MOST_SENTENCES + 1) && !pieces[from]!.isItem; from--) {
    const window = windowFrom(pieces, from)
    if (window.includes(best) && sum(window) > sum(taken) + 0.01) taken = window
  }
  if (taken[0] && leansBack(taken[0].text)) {
    const before = pieces[pieces.indexOf(taken[0]) - 1]
    if (before && !before.isItem) taken = [before, ...taken.slice(0, MOST_SENTENCES - 1)]
  }
  if (taken.length === 0) taken = windowFrom(pieces, at)
  const last = taken.at(-1)!
  return /[:：]$/.test(last.text) ? [...taken, ...itemsAfter(pieces, last)] : taken
}

function windowFrom(pieces: Piece[], from: number): Piece[] {
  const window: Piece[] = []
  let words = 0
  for (const piece of pieces.slice(from, from + MOST_SENTENCES)) {
    words += countWords(piece.text)
    if (piece.isItem || (window.length > 0 && words > MOST_WORDS)) break
    window.push(piece)
  }
  return window
}

const sum = (pieces: Piece[]): number => pieces.reduce((total, { score }) => total + Math.max(0, score), 0)

/** A list is quoted with the sentence that announces it: one item alone rarely answers. */
function takeList(pieces: Piece[], best: Piece): Piece[] {
  let start = pieces.indexOf(best)
  while (start > 0 && pieces[start]!.isItem && pieces[start - 1]!.isItem) start--
  if (!best.isItem) return [best, ...itemsAfter(pieces, best)]
  const intro = pieces[start - 1]
  const items = pieces
    .slice(start)
    .filter((piece, i, all) => piece.isItem && all.slice(0, i).every((before) => before.isItem))
  return intro && /[:：.]$/.test(intro.text) ? [intro, ...items.slice(0, MOST_ITEMS)] : items.slice(0, MOST_ITEMS)
}

function itemsAfter(pieces: Piece[], intro: Piece): Piece[] {
  const items: Piece[] = []
  for (const piece of pieces.slice(pieces.indexOf(intro) + 1)) {
    if (!piece.isItem || items.length === MOST_ITEMS) break
    items.push(piece)
  }
  return items
}

function join(pieces: Piece[]): string {
  return pieces
    .map((piece, i) => (i === 0 ? '' : pieces[i - 1]!.line === piece.line ? ' ' : '\n') + piece.text)
    .join('')
}

const leansBack = (text: string): boolean =>
  /^(?:it|they|this|that|these|those|he|she|then|but|also|otherwise|es|sie|das|dies|cela|ils|elles|esto|eso|isso|questo|dit|to)\b/i.test(
    text,
  )

/** Code and raw HTML are no answer in words. */
const stripCode = (text: string): string =>
  text.replace(/^\s{0,3}(?:```|~~~).*$/gm, '').replace(/<!--[\s\S]{0,2000}?-->/g, '')

function scoreOf(text: string, { plain: words, pairs }: Words, language: string): number {
  const { plain, pairs: own } = splitWords(text)
  let score = 0
  for (const word of words)
    score +=
      Math.max(0, ...plain.map((candidate) => likeness(word, candidate, language))) * (isCourtesy(word) ? 0.25 : 1)
  const known = new Set(own)
  for (const pair of pairs) if (known.has(pair)) score += 0.5
  // Of two sentences with the same words, the shorter says it more plainly.
  return score - plain.length / 1000
}

/** 1 for the same word in another form, less for a word of the same meaning or a mistyped one. */
export function likeness(asked: string, found: string, language: string): number {
  const [a, b] = [foldAccents(asked), foldAccents(found)]
  if (a === b) return 1
  const shorter = Math.min(a.length, b.length)
  if (shorter >= 4 && commonStart(a, b) >= Math.max(4, shorter - 2) && Math.abs(a.length - b.length) <= 4) return 0.95
  if (sameMeaning(language, asked).some((other) => foldAccents(other) === b)) return 0.45
  if (isWorthCorrecting(a) && isWorthCorrecting(b) && Math.abs(a.length - b.length) <= 1 && editDistance(a, b) <= 1)
    return 0.8
  return 0
}

function commonStart(a: string, b: string): number {
  let n = 0
  while (n < a.length && n < b.length && a[n] === b[n]) n++
  return n
}
