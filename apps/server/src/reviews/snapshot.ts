/** A conversation as the analyser reads it: frozen, plain, with the log's activities as events it can trust. */
import type { ConversationSnapshot, SnapshotEntry, SnapshotEvent } from '@earshot/analysis'
import type { ConversationRow, EntryData } from '../conversations/index.ts'
import type { Tx } from '../platform/db.ts'
import { findReviewedEntries } from './queries.ts'

/** Longer conversations are read from their newest entries on. */
export const MAX_ENTRIES = 1000

export interface Frozen {
  snapshot: ConversationSnapshot
  /** The state that was read: a review of it is stored only while it still holds. */
  lastPosition: number
  log: number
}

export async function freeze(tx: Tx, row: ConversationRow): Promise<Frozen> {
  const entries = await findReviewedEntries(tx, row.workspaceId, row.id, MAX_ENTRIES)
  return { snapshot: snapshotOf(row, entries), lastPosition: row.lastPosition, log: row.log }
}

export function snapshotOf(row: ConversationRow, entries: Row[]): ConversationSnapshot {
  return {
    conversationId: row.id,
    language: null,
    channelKind: row.channelKind as ConversationSnapshot['channelKind'],
    agentMode: row.agentMode ?? 'passive',
    agentName: row.agentName,
    contactName: row.contactName,
    startedAt: row.startedAt.toISOString(),
    status: row.status,
    endReason: row.endReason,
    rating: row.rating === null ? null : { stars: row.rating, comment: row.ratingComment },
    verifiedBy: null,
    cameBack: false,
    costUsd: row.costUsd,
    events: entries.flatMap(eventOf),
    entries: entries.filter((entry) => entry.kind !== 'activity').map(snapshotEntry),
  }
}

type Row = Awaited<ReturnType<typeof findReviewedEntries>>[number]

export function snapshotEntry(row: Row): SnapshotEntry {
  const data = row.data as EntryData | null
  return {
    position: row.position,
    kind: row.kind,
    author: row.authorKind,
    authorName: row.authorName,
    text: row.text ?? '',
    at: row.at.toISOString(),
    functionCall: data?.functionCall ?? null,
    sources: (data?.citations ?? []).map((citation) => citation.quote),
  }
}

const EVENTS: Record<string, SnapshotEvent['kind']> = {
  handoff_requested: 'handoff_requested',
  taken_over: 'handoff_accepted',
  closed: 'closed',
  reopened: 'reopened',
  failed: 'failed',
}

function eventOf(row: Row): SnapshotEvent[] {
  const data = row.data as EntryData | null
  const kind = row.kind === 'activity' ? EVENTS[data?.type ?? ''] : undefined
  if (!kind) return []
  const reason = typeof data?.reason === 'string' ? data.reason : null
  return [{ kind, at: row.at.toISOString(), position: row.position, reason }]
}
