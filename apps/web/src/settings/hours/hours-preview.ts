/** What a schedule says about a moment, before it is saved: open or closed, and when that changes. In the schedule's own wall clock. */
import type { Hours, Interval } from '@earshot/contracts'

export type Schedule = Pick<Hours, 'timeZone' | 'always' | 'week' | 'holidays'>
export interface Preview {
  open: boolean
  /** Null: it never changes. `days` ahead of today, `minute` of that day. */
  change: { days: number; minute: number; date: string } | null
}

const DAY = 1440
const AHEAD = 15

export function previewOf(schedule: Schedule, now: Date): Preview {
  if (schedule.always) return { open: true, change: null }
  const here = wallClock(now, schedule.timeZone)
  const spans = spansAround(schedule, here.date)
  const open = isOpen(spans, here.minute)
  const bounds = [...new Set(spans.flatMap(({ from, until }) => [from, until]))].sort((a, b) => a - b)
  const next = bounds.find((bound) => bound > here.minute && isOpen(spans, bound) !== open)
  if (next === undefined) return { open, change: null }
  const days = Math.floor(next / DAY)
  return { open, change: { days, minute: next - days * DAY, date: dateAfter(here.date, days) } }
}

/** Intervals in minutes from today's midnight, of yesterday (which may go on into today) and the days ahead. */
function spansAround(schedule: Schedule, today: string): Interval[] {
  const spans: Interval[] = []
  for (let days = -1; days <= AHEAD; days++)
    for (const { from, until } of hoursOn(schedule, dateAfter(today, days)))
      spans.push({ from: from + days * DAY, until: until + days * DAY })
  return spans
}

export function hoursOn({ week, holidays }: Pick<Schedule, 'week' | 'holidays'>, date: string): Interval[] {
  const own = holidays.find((holiday) => holiday.date === date)
  return own ? own.intervals : (week[weekday(date)] ?? [])
}

const isOpen = (spans: readonly Interval[], minute: number): boolean =>
  spans.some(({ from, until }) => from <= minute && minute < until)

/** Monday is 0. */
const weekday = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7

function dateAfter(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

function wallClock(now: Date, timeZone: string): { date: string; minute: number } {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const part = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]))
  return { date: `${part.year}-${part.month}-${part.day}`, minute: Number(part.hour) * 60 + Number(part.minute) }
}

/** Two intervals of one day that touch the same minute. */
export const overlap = (intervals: readonly Interval[]): boolean => {
  const sorted = intervals.toSorted((a, b) => a.from - b.from)
  return sorted.some(({ from }, i) => i > 0 && from < (sorted[i - 1]?.until ?? 0))
}

export const asClock = (minute: number): string =>
  `${String(Math.floor((minute % DAY) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** Undefined when it is no time of the day. */
export function fromClock(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})/.exec(text) ?? []
  const minute = Number(hours) * 60 + Number(minutes)
  return Number.isInteger(minute) && minute >= 0 && minute < DAY ? minute : undefined
}

/** An end before the beginning is on the next day; the same time is a whole day. */
export const intervalOf = (from: number, until: number): Interval => ({
  from,
  until: until <= from ? until + DAY : until,
})
