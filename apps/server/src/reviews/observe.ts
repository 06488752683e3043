/** Live memory: what contacts mention is remembered while they talk, and fills what is not known of them. */
import { type Analyzer, EMPTY_LIVE_STATE, type LiveState } from '@earshot/analysis'
import { changeContact } from '../contacts/index.ts'
import { type ConversationRow, lockConversation, updateConversation } from '../conversations/index.ts'
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
    const found = Object.values(state.memory)
    if (found.length === 0) return undefined
    const current = await lockConversation(tx, ctx.workspaceId, id)
    // Imported history is remembered by its review; here are people who talk now.
    if (current?.reviewDue !== 'live') return undefined
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
