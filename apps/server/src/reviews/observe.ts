/**
 * Live: what contacts say is read while they talk. Only where somebody talks now, and only so much of the node's time: what is left out
 * under load is made good by the review.
 */
import type { LiveReading } from '@earshot/analysis'
import type { JsonValue } from '@earshot/contracts'
import { memoryFieldsOf, type SaidLine, unknownOfContact } from '../agents/index.ts'
import { changeContact } from '../contacts/index.ts'
import {
  type ConversationRow,
  findConversations,
  lockConversation,
  updateConversation,
} from '../conversations/index.ts'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import { type FeedEvent, record } from '../platform/events.ts'
import { createAllowance } from './live/allowance.ts'
import { type EntryRow, findNewestEntries } from './live/queries-live.ts'
import { mergeDetected } from './memory.ts'
import { snapshotOf } from './snapshot.ts'

/** Enough to know what they came for and what was asked before a short answer. */
const RECENT = 60
/** Older messages are history that somebody brings in: their review remembers them. */
const LIVE = '3 minutes'
const LIVE_MS = 3 * 60_000
/** So many conversations at once; then whoever waits for this node has their turn. */
const TOGETHER = 16
/** A tenth of the time, and a lively quarter of a second. */
const LIMITS = { share: 0.1, savedMs: 250 }

/** A durable follower's handler: may see a fact twice, and then changes nothing. The newest are looked at first. */
export function liveObserver(services: Services): (events: FeedEvent[]) => Promise<void> {
  const allowance = createAllowance(LIMITS)
  return async (events) => {
    const newest = newestTalks(events)
    if (newest.length === 0) return
    const chosen = newest.slice(0, allowance.pieces())
    for (let from = 0; from < chosen.length; from += TOGETHER) {
      const some = chosen.slice(from, from + TOGETHER)
      const began = performance.now()
      await observeSome(services, some).catch((error) =>
        services.log.warn({ err: error }, 'conversations could not be observed'),
      )
      allowance.spend(performance.now() - began, some.length)
    }
  }
}

interface Talk {
  workspaceId: string
  id: string
}

/** Conversations in which something was said just now, the newest first. */
function newestTalks(events: FeedEvent[]): Talk[] {
  const talks = new Map<string, Talk>()
  const since = Date.now() - LIVE_MS
  for (let i = events.length - 1; i >= 0; i--) {
    const { event, workspaceId, at } = events[i]!
    if (event.type !== 'conversation.appended' || talks.has(event.conversationId) || at.getTime() < since) continue
    talks.set(event.conversationId, { workspaceId, id: event.conversationId })
  }
  return [...talks.values()]
}

async function observeSome(services: Services, talks: Talk[]): Promise<void> {
  for (const [workspaceId, own] of Map.groupBy(talks, (talk) => talk.workspaceId)) {
    const ctx = asSystem(services, workspaceId)
    const { rows, entries } = await transact(ctx, async (tx) => {
      const found = await findNewestEntries(
        tx,
        workspaceId,
        own.map(({ id }) => id),
        RECENT,
        LIVE,
      )
      const live = [...found].filter(([, said]) => isTalkedInNow(said)).map(([id]) => id)
      return { entries: found, rows: live.length > 0 ? await findConversations(tx, workspaceId, live) : [] }
    })
    for (const row of rows) {
      await observeConversation(ctx, row, entries.get(row.id)!)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

/** The contact wrote, and not long ago. */
function isTalkedInNow(entries: EntryRow[]): boolean {
  const said = entries.findLast(({ kind, text }) => kind === 'message' && text !== null && text !== '')
  return (
    said !== undefined &&
    said.at.getTime() > Date.now() - LIVE_MS &&
    entries.some(({ kind, authorKind }) => kind === 'message' && authorKind === 'contact')
  )
}

async function observeConversation(ctx: Context, row: ConversationRow, entries: EntryRow[]): Promise<void> {
  const reading = ctx.analyzer.readLive?.(snapshotOf(row, entries), { reason: 'new_message' })
  if (reading) await remember(ctx, row, reading, entries)
}

/** A look without a lock tells whether there is anything to remember: mostly there is not. */
async function remember(ctx: Context, seen: ConversationRow, reading: LiveReading, entries: EntryRow[]): Promise<void> {
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
