/** Days of the reader's own calendar, and the moments at which they begin. */
import { readerLocale } from '../../ui/reader-locale.ts'

export const startOfDay = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate())
/** By the calendar, not by hours: days in which the clocks change are shorter or longer. */
export const addDays = (day: Date, days: number) => new Date(day.getFullYear(), day.getMonth(), day.getDate() + days)

/** The same day of another month, or that month's last. */
export function addMonths(day: Date, months: number): Date {
  const last = new Date(day.getFullYear(), day.getMonth() + months + 1, 0).getDate()
  return new Date(day.getFullYear(), day.getMonth() + months, Math.min(day.getDate(), last))
}

export const sameDay = (a: Date | undefined, b: Date | undefined) =>
  a !== undefined && b !== undefined && startOfDay(a).getTime() === startOfDay(b).getTime()

/** The last day that is wholly or partly before a moment: what "to" says to people, who mean the day as well. */
export const lastDayBefore = (moment: Date) => startOfDay(new Date(moment.getTime() - 1))

/** Monday is 1, Sunday 7. */
function firstWeekday(locale = new Intl.DateTimeFormat().resolvedOptions().locale): number {
  const info = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } }
  return info.getWeekInfo?.().firstDay ?? 1
}

/** Six weeks that hold the month, from the first day of a week as the reader counts them. */
export function weeksOf(month: Date, locale = readerLocale()): Date[][] {
  const first = new Date(month.getFullYear(), month.getMonth(), 1)
  const back = (first.getDay() - firstWeekday(locale) + 7) % 7
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (__, day) => addDays(first, week * 7 + day - back)),
  )
}

export const isoDay = (day: Date) =>
  `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`

/** Understands 2026-11-14 and nothing else; undefined for a day that is in no calendar. */
export function parseDay(text: string): Date | undefined {
  const found = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim())
  if (!found) return undefined
  const [year = 0, month = 0, date = 0] = found.slice(1).map(Number)
  const day = new Date(year, month - 1, date)
  return year >= 1900 && day.getMonth() === month - 1 && day.getDate() === date ? day : undefined
}

export type Span = { from: Date | undefined; to: Date | undefined }

/** A day chosen in the calendar: the first begins a span, the second ends it, a third begins anew. */
export function chooseDay({ from, to }: Span, day: Date): Span {
  if (from === undefined || to !== undefined) return { from: day, to: undefined }
  return day < from ? { from: day, to: from } : { from, to: day }
}
