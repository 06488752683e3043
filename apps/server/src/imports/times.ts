/** Times for conversations that carry none: chosen once and for ever by their id, so that a second import finds the same. */
import { createHash } from 'node:crypto'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** The year they are spread over: past, and fixed, since a window that moved with the clock would change them at the next import. */
const FIRST_DAY = Date.UTC(2025, 0, 1)
const DAYS = 365

/** The moment of the last message: a day of 2025 and a time between 8 and 20 o'clock UTC, derived from the id. */
export function chosenEnd(externalId: string): number {
  const hash = createHash('sha256').update(externalId).digest()
  const day = hash.readUInt32BE(0) % DAYS
  const second = hash.readUInt32BE(4) % (12 * 60 * 60)
  return FIRST_DAY + day * DAY + 8 * 60 * MINUTE + second * 1000
}

/** What is needed of a line to space it. */
export interface Said {
  /** Characters that somebody wrote; 0 for a function. */
  chars: number
  /** When it was said, if that is known. */
  at: number | null
}

/** Fills in the unknown times: from the nearest known one before, else after; with none known, backwards from the chosen end. */
export function fillTimes(said: Said[], externalId: string): { times: number[]; chosen: boolean } {
  const known = said.some(({ at }) => at !== null)
  if (!known) return { times: spreadBackwards(said, chosenEnd(externalId)), chosen: said.length > 0 }
  const times: number[] = []
  for (const [i, { at }] of said.entries()) {
    times.push(at ?? times[i - 1] ?? said.find((later) => later.at !== null)!.at!)
  }
  return { times, chosen: false }
}

/** Six seconds to read and the time of writing, two minutes at most; a function takes a second and a half. */
function spreadBackwards(said: Said[], end: number): number[] {
  const times: number[] = []
  let at = end
  for (const { chars } of said.toReversed()) {
    times.push(at)
    at -= chars === 0 ? 1500 : Math.min(120_000, 6000 + chars * 150)
  }
  return times.reverse()
}

const EARLIEST = Date.UTC(1990, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)

/** Seconds or milliseconds since 1970, or an ISO date; undefined when it is none of them. */
export function readTime(value: unknown): number | undefined {
  const ms =
    typeof value === 'number'
      ? Math.abs(value) < 1e11
        ? value * 1000
        : value
      : typeof value === 'string'
        ? Date.parse(value)
        : Number.NaN
  return ms >= EARLIEST && ms < LATEST ? Math.round(ms) : undefined
}
