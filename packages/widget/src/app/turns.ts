/** What stands in the log, in order: days, turns of one speaker, lines of the system, and what is still on its way. */
import type { Outgoing } from '@earshot/client'
import type { VisitorEntry } from '@earshot/contracts'
import type { Words } from './chat.ts'
import { dayOf } from './times.ts'

export interface TurnOf {
  is: 'turn'
  key: string
  author: VisitorEntry['author']
  entries: VisitorEntry[]
}
export type LogItem =
  | { is: 'day'; key: string; at: number }
  | { is: 'system'; key: string; entry: VisitorEntry }
  | TurnOf
  | { is: 'outgoing'; key: string; message: Outgoing<Words> }

/** Messages of one speaker further apart than this stand apart. */
const APART_MS = 5 * 60_000

export function arrange(entries: readonly VisitorEntry[], outgoing: readonly Outgoing<Words>[]): LogItem[] {
  const items: LogItem[] = []
  let previousAt = 0
  for (const entry of entries) {
    const at = Date.parse(entry.at)
    const isNewDay = dayOf(at) !== dayOf(previousAt)
    if (isNewDay) items.push({ is: 'day', key: `day ${dayOf(at)}`, at })
    const last = items.at(-1)
    if (entry.author.kind === 'system') items.push({ is: 'system', key: `${entry.position}`, entry })
    else if (last?.is === 'turn' && !isNewDay && isSame(last.author, entry.author) && at - previousAt < APART_MS)
      last.entries.push(entry)
    else items.push({ is: 'turn', key: `${entry.position}`, author: entry.author, entries: [entry] })
    previousAt = at
  }
  // One that is stored already stands in the log, though its outbox may not know yet.
  const stored = new Set(entries.map((e) => e.clientKey))
  for (const message of outgoing)
    if (!stored.has(message.key)) items.push({ is: 'outgoing', key: message.key, message })
  return items
}

const isSame = (a: VisitorEntry['author'], b: VisitorEntry['author']): boolean => a.kind === b.kind && a.name === b.name
