/** Facts → what screens apply: rows are read once per node and batch, however many screens there are. */
import type { LiveEvent } from '@earshot/contracts'
import { readCalls } from '../calls/index.ts'
import { getContact } from '../contacts/index.ts'
import { findConversations, findLogs, readEntries, viewConversation } from '../conversations/index.ts'
import { readJobs } from '../jobs/index.ts'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import type { FeedEvent } from '../platform/events.ts'
import { readItems, readOperators } from '../queue/index.ts'
import { readSoFar } from '../reviews/index.ts'

/** The events of one workspace: for everybody, and entries for those who follow the conversation. */
export interface Enriched {
  shared: LiveEvent[]
  entries: Map<string, LiveEvent[]>
}

interface Touched {
  conversations: Set<string>
  contacts: Set<string>
  jobs: Set<string>
  /** Conversations whose place in the queue changed. */
  queued: Set<string>
  operators: Set<string>
  calls: Set<string>
  /** Conversations that were read while they run. */
  observed: Set<string>
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
  const { rows, jobs, entries, queue, calls } = await transact(ctx, async (tx) => {
    const found = new Map<string, LiveEvent[]>()
    const ranges = touched.ranges.filter((r) => wanted(r.id))
    // Before the entries: those of a log that is rewritten meanwhile carry the older number, and are not applied to the newer one.
    const logs = ranges.length > 0 ? await findLogs(tx, workspaceId, [...new Set(ranges.map((r) => r.id))]) : new Map()
    for (const range of ranges) {
      const read = await readEntries(tx, workspaceId, range.id, range.from, range.to)
      found.set(range.id, [
        ...(found.get(range.id) ?? []),
        { type: 'entries.appended', conversationId: range.id, entries: read, log: logs.get(range.id) },
      ])
    }
    const observed = [...touched.observed].filter(wanted)
    for (const soFar of observed.length > 0 ? await readSoFar(tx, workspaceId, observed) : []) {
      const id = soFar.conversationId
      found.set(id, [...(found.get(id) ?? []), { type: 'conversation.observed', conversationId: id, soFar }])
    }
    const ids = [...touched.conversations]
    return {
      rows: ids.length > 0 ? await findConversations(tx, workspaceId, ids) : [],
      jobs: touched.jobs.size > 0 ? await readJobs(tx, ctx, [...touched.jobs]) : [],
      entries: found,
      queue: await readQueue(tx, ctx, touched),
      calls: touched.calls.size > 0 ? await readCalls(tx, ctx, [...touched.calls]) : [],
    }
  })
  const contacts = await Promise.all([...touched.contacts].map((id) => getContact(ctx, id).catch(() => undefined)))
  const shared: LiveEvent[] = [
    ...contacts.filter((c) => c !== undefined).map((contact): LiveEvent => ({ type: 'contact.changed', contact })),
    ...touched.plain,
    ...jobs.map((job): LiveEvent => ({ type: 'job.changed', job })),
    ...queue,
    ...calls.map((call): LiveEvent => ({ type: 'call.changed', call })),
    ...rows.map((row): LiveEvent => ({ type: 'conversation.changed', conversation: viewConversation(row) })),
  ]
  return { shared, entries }
}

function sort(events: FeedEvent[]): Touched {
  const touched: Touched = {
    conversations: new Set(),
    contacts: new Set(),
    jobs: new Set(),
    queued: new Set(),
    operators: new Set(),
    calls: new Set(),
    observed: new Set(),
    ranges: [],
    plain: [],
  }
  for (const { event } of events) {
    if (event.type === 'conversation.deleted' || event.type === 'conversation.merged') {
      touched.conversations.delete(event.conversationId)
      touched.queued.delete(event.conversationId)
      touched.plain.push(event)
      continue
    }
    if (event.type === 'conversation.observed') {
      touched.observed.add(event.conversationId)
      continue
    }
    if (event.type === 'call.changed') {
      touched.calls.add(event.callId)
      continue
    }
    if ('conversationId' in event) touched.conversations.add(event.conversationId)
    if (event.type === 'conversation.appended')
      touched.ranges.push({ id: event.conversationId, from: event.from, to: event.to })
    else if (event.type === 'review.completed' || event.type === 'conversation.restored') touched.plain.push(event)
    else if (event.type === 'review.overruled') touched.plain.push(event)
    else if (event.type === 'resource.changed') touched.plain.push(event)
    else if (event.type === 'visit.changed') touched.plain.push(event)
    else if (event.type === 'contact.changed') touched.contacts.add(event.contactId)
    else if (event.type === 'queue.changed' || event.type === 'queue.offered') touched.queued.add(event.conversationId)
    else if (event.type === 'operator.changed') touched.operators.add(event.memberId)
    else if (event.type === 'job.changed') touched.jobs.add(event.jobId)
  }
  return touched
}

/** Null for those that neither wait nor are held any more. Who left the team is told by the list of members. */
async function readQueue(tx: Tx, ctx: Context, { queued, operators }: Touched): Promise<LiveEvent[]> {
  const items = queued.size > 0 ? await readItems(tx, ctx, [...queued]) : []
  const found = operators.size > 0 ? await readOperators(tx, ctx, [...operators]) : []
  return [
    ...[...queued].map((conversationId): LiveEvent => {
      const item = items.find((one) => one.conversationId === conversationId) ?? null
      return { type: 'queue.changed', conversationId, item }
    }),
    ...found.map((operator): LiveEvent => ({ type: 'operator.changed', operator })),
  ]
}
