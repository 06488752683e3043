/** When a snoozed conversation may come back: this evening, tomorrow morning, Monday morning. */

const LATER_MS = 3 * 60 * 60_000
const MORNING = 9

export function snoozeTimes(now: Date): { key: 'later' | 'tomorrow' | 'nextWeek'; at: Date }[] {
  const later = new Date(now.getTime() + LATER_MS)
  const sameDay = later.getDate() === now.getDate()
  const toMonday = (8 - now.getDay()) % 7 || 7
  return [
    ...(sameDay ? [{ key: 'later' as const, at: later }] : []),
    { key: 'tomorrow', at: morningIn(now, 1) },
    // On a Sunday both would be the same morning.
    ...(toMonday > 1 ? [{ key: 'nextWeek' as const, at: morningIn(now, toMonday) }] : []),
  ]
}

function morningIn(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING)
}
