/** How amounts of a conversation are written: numbers, money, time, the reader's way. */
import { readerLocale } from '../ui/reader-locale.ts'

export const amount = (n: number) => new Intl.NumberFormat(readerLocale()).format(n)

/** Small sums keep enough digits to be more than nothing. */
export const money = (n: number) =>
  new Intl.NumberFormat(readerLocale(), {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: n > 0 && n < 0.1 ? 4 : 2,
  }).format(n)

/** "24:11", "3:05:12". */
export function durationOf(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const two = (n: number) => String(n).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
