/** Which line a call from a trunk is for: the number that was dialled decides, among the trunks it may have come from. */
import { readNumber } from '../../lines/phone-number.ts'
import type { LineRow } from '../../lines/queries.ts'

/** The shortest end of a number that is taken for the whole: trunks leave out the country, or more. */
const ENOUGH = 6

/**
 * Best first: the very number; a number that ends like it; a line for every number of its trunk; the only line, when what was dialled is no
 * number. Two that fit alike are none: a call must not reach another company's agent by chance.
 */
export function whichLine(lines: LineRow[], dialled: string): LineRow | null {
  const digits = dialled.replace(/\D/g, '').replace(/^0+/, '')
  const whole = readNumber(dialled)?.number ?? (digits ? readNumber(`+${digits}`)?.number : undefined)
  const fits: ((line: LineRow) => boolean)[] = [
    ({ number }) => number !== null && (number === whole || number === dialled),
    ({ number }) => number !== null && digits.length >= ENOUGH && number.endsWith(digits),
    ({ number }) => number === null,
    () => digits.length < ENOUGH && lines.length === 1,
  ]
  for (const fit of fits) {
    const found = lines.filter(fit)
    if (found.length > 0) return found.length === 1 ? (found[0] ?? null) : null
  }
  return null
}
