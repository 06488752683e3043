/** Facts → what screens apply: rows are read once per node and batch, however many screens there are. */
import type { LiveEvent } from '@earshot/contracts'
import { getContact } from '../contacts/index.ts'
import { findConversations, readEntries, viewConversation } from '../conversations/index.ts'
import { readJobs } from '../jobs/index.ts'
import { asSystem, type Services, transact } from '../platform/context.ts'
import type { FeedEvent } from '../platform/events.ts'

/** The events of one workspace: for everybody, and entries for those who follow the conversation. */
export interface Enriched {
  shared: LiveEvent[]
  entries: Map<string, LiveEvent[]>
}

interface Touched {
  conversations: Set<string>
  contacts: Set<string>
  jobs: Set<string>
  ranges: { id: string; from: number; to: number }[]
  plain: LiveEvent[]
}

/**
 * Reads what the facts name, after they were committed: a snapshot may be newer than its fact, never older, so the last one applied is
 * the truth. `wanted` says whose entries somebody follows; others are not read.
 */
export async function enrich(
  services: Services,
  workspaceId: string,
  events: FeedEvent[],
  wanted: (conversationId: string) => boolean,
): Promise<Enriched> {
  const touched = sort(events)
  const ctx = asSystem(services, workspaceId)
  const { rows, jobs, entries } = await transact(ctx, async (tx) => {
    const found = new Map<string, LiveEvent[]>()
    for (const range of touched.ranges.filter((r) => wanted(r.id))) {
      const read = await readEntries(tx, workspaceId, range.id, range.from, range.to)
      found.set(range.id, [
        ...(found.get(range.id) ?? []),
        { type: 'entries.appended', conversationId: range.id, entries: read },
      ])
    }
    const ids = [...touched.conversations]
    return {
      rows: ids.length > 0 ? await findConversations(tx, workspaceId, ids) : [],
      jobs: touched.jobs.size > 0 ? await readJobs(tx, ctx, [...touched.jobs]) : [],
      entries: found,
    }
  })
  const contacts = await Promise.all([...touched.contacts].map((id) => getContact(ctx, id).catch(() => undefined)))
  const shared: LiveEvent[] = [
    ...contacts.filter((c) => c !== undefined).map((contact): LiveEvent => ({ type: 'contact.changed', contact })),
    ...touched.plain,
    ...jobs.map((job): LiveEvent => ({ type: 'job.changed', job })),
    ...rows.map((row): LiveEvent => ({ type: 'conversation.changed', conversation: viewConversation(row) })),
  ]
  return { shared, entries }
}

function sort(events: FeedEvent[]): Touched {
  const touched: Touched = { conversations: new Set(), contacts: new Set(), jobs: new Set(), ranges: [], plain: [] }
  for (const { event } of events) {
    if (event.type === 'conversation.deleted') {
      touched.conversations.delete(event.conversationId)
      touched.plain.push(event)
      continue
    }
    if ('conversationId' in event) touched.conversations.add(event.conversationId)
    if (event.type === 'conversation.appended')
      touched.ranges.push({ id: event.conversationId, from: event.from, to: event.to })
    else if (event.type === 'review.completed') touched.plain.push(event)
    else if (event.type === 'resource.changed') touched.plain.push(event)
    else if (event.type === 'visit.changed') touched.plain.push(event)
    else if (event.type === 'contact.changed') touched.contacts.add(event.contactId)
    else if (event.type === 'job.changed') touched.jobs.add(event.jobId)
  }
  return touched
}
