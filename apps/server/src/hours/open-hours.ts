/** When people answer: open or closed, when that changes, and time that counts only while open. Pure; moments are milliseconds. */
import type { Hours, Interval } from '@earshot/contracts'
import { momentOf, wallClock } from './wall-clock.ts'

/** What a workspace sets: the contract's hours without what follows from them. */
export type Schedule = Omit<Hours, 'open' | 'changesAt'>

export const ALWAYS_OPEN: Schedule = {
  timeZone: 'UTC',
  always: true,
  week: [[], [], [], [], [], [], []],
  holidays: [],
  closedText: '',
  askForDetails: true,
  pauseClocks: true,
}

type Span = [start: number, end: number]
const DAY = 86_400_000
const MINUTE = 60_000
/** Who opens not once in so long is closed for good. */
const HORIZON = 400 * DAY

export function isOpen(schedule: Schedule, at: number): boolean {
  if (schedule.always) return true
  for (const [start, end] of spansOf(schedule, at)) if (start <= at) return at < end
  return false
}

/** When it next opens or closes; null: never. */
export function nextChange(schedule: Schedule, at: number): number | null {
  if (schedule.always) return null
  for (const [start, end] of spansOf(schedule, at)) {
    if (start > at) return start
    if (end > at) return end - at > HORIZON ? null : end
  }
  return null
}

/** When it next is open: now, if it is. Null: never. */
export function nextOpening(schedule: Schedule, at: number): number | null {
  if (schedule.always) return at
  for (const [start, end] of spansOf(schedule, at)) if (end > at) return Math.max(start, at)
  return null
}

/** The moment when so much open time has passed; null: never. */
export function addOpenTime(schedule: Schedule, from: number, ms: number): number | null {
  if (schedule.always || !schedule.pauseClocks) return from + ms
  let left = ms
  for (const [start, end] of spansOf(schedule, from)) {
    const begin = Math.max(start, from)
    if (end - begin >= left) return begin + left
    left -= Math.max(0, end - begin)
  }
  return null
}

/** Open stretches that end after `from`, in order; those that touch are one. */
function* spansOf({ timeZone, week, holidays }: Schedule, from: number): Generator<Span> {
  const special = new Map(holidays.map(({ date, intervals }) => [date, intervals]))
  const until = from + HORIZON
  let pending: Span | null = null
  // Two days back: yesterday's hours may go on past midnight, and a zone may be a day ahead.
  for (let day = startOfDay(wallClock(timeZone, from)) - 2 * DAY; day < until + 2 * DAY; day += DAY) {
    const weekday = (new Date(day).getUTCDay() + 6) % 7
    const intervals = special.get(new Date(day).toISOString().slice(0, 10)) ?? week[weekday]!
    for (const span of [...intervals].sort((a, b) => a.from - b.from).map((i) => spanOn(timeZone, day, i))) {
      if (span[1] <= span[0]) continue
      if (pending && span[0] <= pending[1]) {
        pending[1] = Math.max(pending[1], span[1])
        if (pending[1] - from > HORIZON) break
      } else {
        if (pending && pending[1] > from) yield pending
        pending = span
      }
    }
  }
  if (pending && pending[1] > from) yield pending
}

const startOfDay = (wall: number): number => Math.floor(wall / DAY) * DAY
const spanOn = (timeZone: string, day: number, { from, until }: Interval): Span => [
  momentOf(timeZone, day + from * MINUTE),
  momentOf(timeZone, day + until * MINUTE),
]
