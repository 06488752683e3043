/** Reads conversations while people talk in them: where they stand goes to the screens, what was learnt into the memory. */
import { type LiveReading, ONLY_SAID } from '@earshot/analysis'
import type { JsonValue } from '@earshot/contracts'
import { memoryFieldsOf, type SaidLine, unknownOfContact } from '../../agents/index.ts'
import { changeContact } from '../../contacts/index.ts'
import {
  type ConversationRow,
  findConversations,
  lockConversation,
  updateConversation,
} from '../../conversations/index.ts'
import { asSystem, type Context, type Services, transact } from '../../platform/context.ts'
import { record, recordAll } from '../../platform/events.ts'
import { mergeDetected } from '../memory.ts'
import { snapshotOf } from '../snapshot.ts'
import { type EntryRow, findNewestEntries, upsertReadings } from './queries-live.ts'

/** Enough to know what they came for and what was asked before a short answer. */
const RECENT = 60
/** Older messages are history that somebody brings in: their review reads them. */
export const LIVE_MS = 3 * 60_000

export interface Talk {
  workspaceId: string
  id: string
}
interface Read {
  row: ConversationRow
  entries: EntryRow[]
  reading: LiveReading
}

export async function observeTalks(services: Services, talks: Talk[]): Promise<void> {
  for (const [workspaceId, own] of Map.groupBy(talks, (talk) => talk.workspaceId)) {
    const ctx = asSystem(services, workspaceId)
    const ids = own.map(({ id }) => id)
    const read: Read[] = []
    for (const { row, entries } of await findTalks(ctx, ids)) {
      const reading = ctx.analyzer.readLive?.(snapshotOf(row, entries), { reason: 'new_message' })
      if (reading) read.push({ row, entries, reading })
      // Whoever waits for this node has their turn.
      await new Promise((resolve) => setImmediate(resolve))
    }
    if (read.length === 0) continue
    await keep(ctx, read)
    for (const one of read) await remember(ctx, one)
  }
}

async function findTalks(ctx: Context, ids: string[]): Promise<Omit<Read, 'reading'>[]> {
  return transact(ctx, async (tx) => {
    const entries = await findNewestEntries(tx, ctx.workspaceId, ids, RECENT, `${LIVE_MS} milliseconds`)
    const live = [...entries].filter(([, said]) => isTalkedInNow(said)).map(([id]) => id)
    const rows = live.length > 0 ? await findConversations(tx, ctx.workspaceId, live) : []
    return rows.map((row) => ({ row, entries: entries.get(row.id)! }))
  })
}

/** The last message is new, and the contact is one of those who wrote. */
function isTalkedInNow(entries: EntryRow[]): boolean {
  const messages = entries.filter(({ kind, text }) => kind === 'message' && text !== null && text !== '')
  const last = messages.at(-1)
  return (
    last !== undefined &&
    last.at.getTime() > Date.now() - LIVE_MS &&
    messages.some(({ authorKind }) => authorKind === 'contact')
  )
}

function keep(ctx: Context, read: Read[]): Promise<void> {
  const readings = read.map(({ row, reading: { memory: _, ...reading } }) => ({ id: row.id, log: row.log, reading }))
  return transact(ctx, async (tx) => {
    const kept = await upsertReadings(tx, ctx.workspaceId, readings)
    await recordAll(
      tx,
      ctx.workspaceId,
      kept.map((conversationId) => ({ type: 'conversation.observed', conversationId })),
    )
  })
}

/** A look without a lock tells whether there is anything to remember: mostly there is not. */
async function remember(ctx: Context, { row: seen, entries, reading }: Read): Promise<void> {
  const lines = entries.filter(({ kind }) => kind === 'message').map(toLine)
  const contact = await transact(ctx, async (tx) => {
    const fields = seen.agentId ? await memoryFieldsOf(tx, ctx.workspaceId, seen.agentId) : []
    if (mergeDetected(seen, reading.memory, fields, lines).changed.length === 0) return null
    const current = await lockConversation(tx, ctx.workspaceId, seen.id)
    if (current?.reviewDue !== 'live') return null
    const { update, changed } = mergeDetected(current, reading.memory, fields, lines)
    if (changed.length === 0) return null
    await updateConversation(tx, ctx.workspaceId, seen.id, update)
    await record(tx, ctx.workspaceId, { type: 'conversation.changed', conversationId: seen.id, fields: ['memory'] })
    const memory = JSON.parse(String(update.memory)) as Record<string, JsonValue>
    return unknownOfContact(
      current,
      changed.map((key) => [key, memory[key]!]),
      fields,
    )
  })
  if (contact) await changeContact(ctx, contact.id, contact.change)
}

const toLine = (entry: { authorKind: string; text: string | null }): SaidLine => ({
  author: entry.authorKind === 'contact' ? 'contact' : 'agent',
  text: entry.text ?? '',
})

let isWarm = false

/** Reads the models, which takes a moment, before anybody's message waits for them. */
export function warmUp({ analyzer }: Services): void {
  if (isWarm) return
  isWarm = true
  const words = { kind: 'message', authorName: null, at: null } as const
  analyzer.readLive?.(
    {
      conversationId: '',
      language: null,
      channelKind: 'api',
      agentMode: 'active',
      agentName: null,
      contactName: null,
      startedAt: new Date(0).toISOString(),
      status: 'active',
      ...ONLY_SAID,
      events: [],
      entries: [
        { ...words, position: 1, author: 'contact', text: 'Hello, where is my order, please?' },
        { ...words, position: 2, author: 'agent', text: 'It is on its way to you.' },
        { ...words, position: 3, author: 'contact', text: '¡Muchas gracias por la ayuda!' },
      ],
    },
    { reason: 'new_message' },
  )
}
