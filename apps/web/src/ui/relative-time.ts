/** Times as lists show them: relative under a day, a date after that, in the reader's zone. */
import { readerLocale } from './reader-locale.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** "now", "4m", "3h", "19 Nov", "19 Nov 2024"; short forms come from the locale. */
export function relativeTime(at: Date, now: Date, locale = readerLocale()): string {
  const age = now.getTime() - at.getTime()
  if (age < MINUTE && age > -MINUTE) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second')
  if (age > 0 && age < HOUR) return narrow(Math.floor(age / MINUTE), 'minute', locale)
  if (age > 0 && age < DAY) return narrow(Math.floor(age / HOUR), 'hour', locale)
  const sameYear = at.getFullYear() === now.getFullYear()
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: sameYear ? undefined : 'numeric',
  }).format(at)
}

/** The whole moment, for details and tooltips. */
export function absoluteTime(at: Date, locale = readerLocale()): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' }).format(at)
}

/** "18:04" in the reader's own habit. */
export function clockTime(at: Date, locale = readerLocale()): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(at)
}

/** How long until the relative form changes; the ticker sleeps that long. */
export function nextChange(at: Date, now: Date): number {
  const age = Math.abs(now.getTime() - at.getTime())
  if (age < HOUR) return MINUTE - (age % MINUTE)
  return age < DAY ? HOUR - (age % HOUR) : DAY
}

const narrow = (value: number, unit: string, locale?: string) =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' }).format(value)
