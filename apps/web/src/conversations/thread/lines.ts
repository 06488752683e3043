/** From entries to what the transcript draws: days, the New line, and messages of one voice grouped together. */
import type { Entry } from '@earshot/contracts'

/** Messages of one voice within this time of each other share one name and time. */
const TOGETHER_MS = 2 * 60_000

export type Line =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'new'; key: string }
  | { kind: 'turn'; key: string; author: Entry['author']; entries: Entry[] }
  | { kind: 'entry'; key: string; entry: Entry }

/**
 * @param newAfter the position read so far when the reader came; null when nothing was unread
 * @param dayOf the calendar day of a moment in the reader's zone
 */
export function linesOf(
  entries: readonly Entry[],
  newAfter: number | null,
  dayOf: (at: string) => string = localDay,
): Line[] {
  const lines: Line[] = []
  const firstNew = newAfter === null ? undefined : firstUnread(entries, newAfter)
  let day = ''
  for (const entry of entries) {
    const today = dayOf(entry.at)
    if (today !== day) lines.push({ kind: 'day', key: `day ${today} ${entry.position}`, at: entry.at })
    day = today
    if (entry.position === firstNew) lines.push({ kind: 'new', key: 'new' })
    addEntry(lines, entry)
  }
  return lines
}

/** The line stands before the first message of the contact that nobody has read. */
function firstUnread(entries: readonly Entry[], newAfter: number): number | undefined {
  const oldest = entries[0]?.position
  const found = entries.find((e) => e.position > newAfter && e.kind === 'message' && e.author.kind === 'contact')
  // When older unread entries are not loaded yet, the line is further up.
  return oldest !== undefined && oldest > newAfter + 1 ? undefined : found?.position
}

function addEntry(lines: Line[], entry: Entry): void {
  const last = lines.at(-1)
  if (!isSpoken(entry)) {
    lines.push({ kind: 'entry', key: `${entry.position}`, entry })
  } else if (last?.kind === 'turn' && continues(last.entries.at(-1), entry)) {
    last.entries.push(entry)
  } else {
    lines.push({ kind: 'turn', key: `${entry.position}`, author: entry.author, entries: [entry] })
  }
}

/** What stands in a bubble. A message of the system is a line of its own, as an announcement. */
const isSpoken = (entry: Entry) => entry.kind === 'message' && entry.author.kind !== 'system'

function continues(before: Entry | undefined, entry: Entry): boolean {
  if (!before) return false
  const gap = Date.parse(entry.at) - Date.parse(before.at)
  return (
    before.author.kind === entry.author.kind &&
    before.author.id === entry.author.id &&
    before.author.name === entry.author.name &&
    gap < TOGETHER_MS
  )
}

export function localDay(at: string): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`
}

/** How many messages came after a position: the number beside "Jump to latest". */
export function messagesAfter(entries: readonly Entry[], position: number): number {
  return entries.filter((e) => e.position > position && e.kind === 'message').length
}
