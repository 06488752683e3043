/** Live memory: what contacts mention is remembered while they talk, and fills what is not known of them. */
import { type Analyzer, EMPTY_LIVE_STATE, type LiveState } from '@earshot/analysis'
import { changeContact } from '../contacts/index.ts'
import { type ConversationRow, lockConversation, updateConversation } from '../conversations/index.ts'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import { type FeedEvent, record } from '../platform/events.ts'
import { mergeDetected } from './memory.ts'
import { findReviewedEntries } from './queries.ts'
import { snapshotEntry } from './snapshot.ts'

/** Enough to know what was asked before a short answer. */
const RECENT = 60

/** A durable follower's handler: may see a fact twice, and then changes nothing. */
export async function observeEvents(services: Services, events: FeedEvent[]): Promise<void> {
  const touched = new Map<string, { workspaceId: string; id: string }>()
  for (const { event, workspaceId } of events) {
    if (event.type === 'conversation.appended')
      touched.set(event.conversationId, { workspaceId, id: event.conversationId })
  }
  for (const { workspaceId, id } of touched.values()) {
    await observeConversation(asSystem(services, workspaceId), id).catch((error) =>
      services.log.warn({ err: error }, 'a conversation could not be observed'),
    )
  }
}

async function observeConversation(ctx: Context, id: string): Promise<void> {
  const contact = await transact(ctx, async (tx) => {
    const entries = await findReviewedEntries(tx, ctx.workspaceId, id, RECENT)
    const said = entries.filter((entry) => entry.kind === 'message')
    if (said.at(-1)?.authorKind !== 'contact') return undefined
    const state = said
      .map(snapshotEntry)
      .reduce((s: LiveState, entry) => observeOne(ctx.analyzer, entry, s), EMPTY_LIVE_STATE)
    const found = Object.values(state.memory)
    if (found.length === 0) return undefined
    const current = await lockConversation(tx, ctx.workspaceId, id)
    // Imported history is remembered by its review; here are people who talk now.
    if (!current || current.reviewDue !== 'live') return undefined
    const change = mergeDetected(current, found)
    if (!change.memory) return undefined
    await updateConversation(tx, ctx.workspaceId, id, change)
    await record(tx, ctx.workspaceId, { type: 'conversation.changed', conversationId: id, fields: ['memory'] })
    return unknownOf(current, found)
  })
  if (contact) await changeContact(ctx, contact.id, contact.change)
}

const observeOne = (
  analyzer: Analyzer,
  entry: Parameters<NonNullable<Analyzer['observe']>>[0],
  state: LiveState,
): LiveState => analyzer.observe?.(entry, state).state ?? state

/** Name, e-mail and phone of a contact of whom they are not known. They are claims: they fill, and link nobody to anybody. */
function unknownOf(
  current: ConversationRow,
  found: { key: string; value: string; normalized: string | null; sensitive: boolean }[],
) {
  const of = (key: string) => {
    const item = found.find((one) => one.key === key && !one.sensitive)
    return item && (item.normalized ?? item.value)
  }
  const [name, email, phone] = [of('name'), of('email'), of('phone')]
  const change = {
    ...(current.contactName === null && name && { name }),
    ...(current.contactEmail === null && email && { email }),
    ...(current.contactPhone === null && phone && { phone }),
  }
  return Object.keys(change).length > 0 ? { id: current.contactId, change } : undefined
}
