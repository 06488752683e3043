/** What the contact says, as triggers read it: words, and amounts of money. */
import { hasPhrase, plainText } from '../asks-for-person.ts'

/** The first of the words or phrases that the text holds, as a whole word. */
export function findWord(text: string, words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined
  const folded = plainText(text.slice(0, 16_000))
  return words.find((word) => hasPhrase(folded, plainText(word)))
}

const SIGN = '(?:€|\\$|£|¥|₹|₺|₽|zł|kr|chf|eur|euros?|usd|dollars?|gbp|pounds?|pln|jpy|yen|sek|nok|dkk|cad|aud|inr|try)'
const FIGURE = "(\\d[\\d.,'’\\u00a0\\u202f ]*\\d|\\d)\\s*(k|m|mio|tsd|thousand|million)?"
const AMOUNT = new RegExp(`(?:${SIGN}\\s*${FIGURE}|${FIGURE}\\s*${SIGN})(?![\\p{L}\\d])`, 'giu')
const TIMES: Record<string, number> = {
  k: 1e3,
  tsd: 1e3,
  thousand: 1e3,
  m: 1e6,
  mio: 1e6,
  million: 1e6,
}

/** Figures with a currency beside them. "€1,200.50", "1.200,50 EUR" and "12k dollars" are read alike. */
export function amountsOf(text: string): number[] {
  return [...text.slice(0, 16_000).matchAll(AMOUNT)].flatMap((match) => {
    const figure = match[1] ?? match[3]
    const value = figure === undefined ? Number.NaN : readFigure(figure)
    return Number.isFinite(value) ? [value * (TIMES[(match[2] ?? match[4] ?? '').toLowerCase()] ?? 1)] : []
  })
}

/** The last sign with one or two digits behind it separates cents; every other groups thousands. */
export function readFigure(figure: string): number {
  const bare = figure.replace(/[\s'’\u00a0\u202f]/g, '')
  const cents = /[.,](\d{1,2})$/.exec(bare)
  const whole = cents ? bare.slice(0, cents.index) : bare
  return Number(`${whole.replace(/[.,]/g, '')}.${cents?.[1] ?? '0'}`)
}
