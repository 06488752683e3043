/** Rows of tombstones → what the contracts promise. */
import { ChannelKind, DeletionContents, type Tombstone } from '@earshot/contracts'
import type { TombstoneRow } from './queries.ts'

export const viewTombstone = (row: TombstoneRow): Tombstone => ({
  conversationId: row.conversationId,
  number: row.number,
  channel: ChannelKind.parse(row.channelKind),
  startedAt: row.startedAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  deletedAt: row.deletedAt.toISOString(),
  by: { kind: row.byKind, id: row.byId, name: row.byName },
  reason: row.reason,
  removed: DeletionContents.parse(row.removed),
})
