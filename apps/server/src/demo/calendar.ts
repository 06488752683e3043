/** When the demo's conversations took place: over ninety days up to now, the recent ones denser, mostly by day. */
import type { Ending } from './play.ts'
import type { Chance } from './random.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const DAYS = 90

/** The moment of the last line. What still goes on ended (so far) minutes or hours ago, the rest up to ninety days. */
export function endOf(ending: Ending, now: Date, chance: Chance): Date {
  const ago = AGO[ending]
  if (ago) return new Date(now.getTime() - Math.round(ago(chance)))
  // A power of the even spread: a third lies in the last ten days.
  const age = DAY * DAYS * chance.next() ** 2 + HOUR
  return new Date(Math.min(atDaytime(now.getTime() - age, chance), now.getTime() - 30 * MINUTE))
}

const AGO: Partial<Record<Ending, (chance: Chance) => number>> = {
  waiting: (chance) => MINUTE * (2 + chance.next() * 50),
  operator: (chance) => MINUTE * (1 + chance.next() * 25),
  paused: (chance) => MINUTE * (20 + chance.next() * 120),
  open: (chance) => MINUTE * (3 + chance.next() ** 2 * 60 * 20),
}

/** Nine in ten between seven and twenty-two o'clock. */
function atDaytime(at: number, chance: Chance): number {
  if (chance.next() < 0.1) return at
  return Math.floor(at / DAY) * DAY + 7 * HOUR + chance.next() * 15 * HOUR
}
