/** Rows of contacts → what the contracts promise. */
import type { Contact, JsonValue } from '@earshot/contracts'
import type { Tx } from '../platform/db.ts'
import { type BlockRow, type ContactRow, findBlocks, findPoints, type PointRow } from './queries.ts'

/** Points that are secrets of ours rather than ways to reach somebody. */
const HIDDEN_POINTS = new Set(['visitor'])

export async function viewContacts(tx: Tx, workspaceId: string, rows: ContactRow[]): Promise<Contact[]> {
  const ids = rows.map((row) => row.id)
  const points = Map.groupBy(await findPoints(tx, workspaceId, ids), (p) => p.contactId)
  const blocks = Map.groupBy(await findBlocks(tx, workspaceId, ids), (b) => b.contactId)
  return rows.map((row) => viewContact(row, points.get(row.id) ?? [], blocks.get(row.id) ?? []))
}

function viewContact(row: ContactRow, points: PointRow[], blocks: BlockRow[]): Contact {
  const shown = points
    .filter((p) => !HIDDEN_POINTS.has(p.kind))
    .map(({ kind, value, verified }) => ({ kind, value, verified }))
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    externalId: points.find((p) => p.kind === 'external_id')?.value ?? null,
    attributes: row.attributes as Record<string, JsonValue>,
    points: [...claimed(row, shown), ...shown],
    blocks: blocks.map((b) => ({
      channelId: b.channelId,
      reason: b.reason,
      expiresAt: b.expiresAt?.toISOString() ?? null,
      at: b.at.toISOString(),
      by: b.byName,
    })),
    lastActiveAt: row.lastActiveAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }
}

/** E-mail and phone that somebody told us reach the contact too, but name nobody for sure. */
function claimed(row: ContactRow, verified: Contact['points']): Contact['points'] {
  const told = [
    { kind: 'email', value: row.email },
    { kind: 'phone', value: row.phone },
  ]
  return told.flatMap(({ kind, value }) =>
    value === null || verified.some((p) => p.kind === kind && p.value === value)
      ? []
      : [{ kind, value, verified: false }],
  )
}
