/** Wall clocks of time zones, by the zone data that Node carries: what a clock shows at a moment, and when it shows a time. */

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-u-ca-gregory-hc-h23', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timeZone, format)
  }
  return format
}

/** What the clock shows, read as if it were UTC. */
export function wallClock(timeZone: string, at: number): number {
  const part: Record<string, number> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) part[type] = Number(value)
  return Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!)
}

/**
 * When the clock shows this time (given as if it were UTC). Of a time that comes twice the first; of one that is skipped in spring, the
 * moment the clock jumps past it.
 */
export function momentOf(timeZone: string, wall: number): number {
  const before = wall - offsetAt(timeZone, wall - 86_400_000)
  const after = wall - offsetAt(timeZone, wall + 86_400_000)
  for (const at of [Math.min(before, after), Math.max(before, after)]) if (wallClock(timeZone, at) === wall) return at
  // Skipped: by the offset from before the jump it falls as far behind the jump as it lies inside the gap.
  return jumpBetween(timeZone, Math.min(before, after) - 3_600_000 * 3, Math.max(before, after) + 3_600_000 * 3)
}

const offsetAt = (timeZone: string, at: number): number => wallClock(timeZone, at) - Math.floor(at / 1000) * 1000

/** The minute in which the offset changes. */
function jumpBetween(timeZone: string, from: number, to: number): number {
  let [low, high] = [Math.floor(from / 60_000), Math.ceil(to / 60_000)]
  const old = offsetAt(timeZone, low * 60_000)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(timeZone, middle * 60_000) === old) low = middle
    else high = middle
  }
  return high * 60_000
}
