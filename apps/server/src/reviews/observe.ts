/** Live memory: what contacts mention is remembered while they talk, and fills what is not known of them. */
import { type Analyzer, EMPTY_LIVE_STATE, type LiveState } from '@earshot/analysis'
import type { JsonValue } from '@earshot/contracts'
import { memoryFieldsOf, type SaidLine, unknownOfContact } from '../agents/index.ts'
import { changeContact } from '../contacts/index.ts'
import { lockConversation, updateConversation } from '../conversations/index.ts'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import { type FeedEvent, record } from '../platform/events.ts'
import { mergeDetected } from './memory.ts'
import { findReviewedEntries, findSaidByContacts } from './queries.ts'
import { snapshotEntry } from './snapshot.ts'

/** Enough to know what was asked before a short answer. */
const RECENT = 60

/** A durable follower's handler: may see a fact twice, and then changes nothing. One look at all that was said; a closer one where it may pay. */
export async function observeEvents(services: Services, events: FeedEvent[]): Promise<void> {
  for (const workspaceId of new Set(events.map((event) => event.workspaceId))) {
    const ranges = events.flatMap(({ event, workspaceId: of }) =>
      of === workspaceId && event.type === 'conversation.appended'
        ? [{ id: event.conversationId, from: event.from, to: event.to }]
        : [],
    )
    if (ranges.length === 0) continue
    const ctx = asSystem(services, workspaceId)
    const said = await transact(ctx, (tx) => findSaidByContacts(tx, workspaceId, ranges))
    for (const id of new Set(said.filter(({ text }) => mayTell(text)).map((one) => one.conversationId))) {
      await observeConversation(ctx, id).catch((error) =>
        services.log.warn({ err: error }, 'a conversation could not be observed'),
      )
    }
  }
}

/** Figures, an address, a name introduced, or an answer so short that it may be what was asked for. */
function mayTell(text: string): boolean {
  return (
    /[@\d]|\b(name|call me|i am|i'm)\b/iu.test(text) ||
    text.length <= 60 ||
    /[^\p{Script=Latin}\p{Script=Common}]/u.test(text)
  )
}

async function observeConversation(ctx: Context, id: string): Promise<void> {
  const contact = await transact(ctx, async (tx) => {
    const entries = await findReviewedEntries(tx, ctx.workspaceId, id, RECENT)
    const said = entries.filter((entry) => entry.kind === 'message')
    const state = said
      .map(snapshotEntry)
      .reduce((s: LiveState, entry) => observeOne(ctx.analyzer, entry, s), EMPTY_LIVE_STATE)
    const current = await lockConversation(tx, ctx.workspaceId, id)
    // Imported history is remembered by its review; here are people who talk now.
    if (current?.reviewDue !== 'live') return null
    const fields = current.agentId ? await memoryFieldsOf(tx, ctx.workspaceId, current.agentId) : []
    const { update, changed } = mergeDetected(current, Object.values(state.memory), fields, said.map(toLine))
    if (changed.length === 0) return null
    await updateConversation(tx, ctx.workspaceId, id, update)
    await record(tx, ctx.workspaceId, { type: 'conversation.changed', conversationId: id, fields: ['memory'] })
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

const observeOne = (
  analyzer: Analyzer,
  entry: Parameters<NonNullable<Analyzer['observe']>>[0],
  state: LiveState,
): LiveState => analyzer.observe?.(entry, state).state ?? state
