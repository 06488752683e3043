/** Find or create: one contact for one verified point, however many ask at once. */
import type { Tx } from '../platform/db.ts'
import {
  deleteContact,
  fillContact,
  findByPoint,
  insertContact,
  insertVerifiedPoint,
  type NewContact,
} from './queries.ts'

/** A verified way to be reached, which names one contact: an external id, a visitor's token, a handle of a channel. */
export interface Point {
  kind: 'external_id' | 'visitor' | (string & {})
  value: string
}

/**
 * The contact a verified point names, made when there is none. What is known of it already is kept; what is new is filled in.
 * Without a point the contact is always a new one.
 */
export async function findOrCreateContact(
  tx: Tx,
  workspaceId: string,
  point: Point | null,
  known: NewContact = {},
): Promise<{ id: string; created: boolean }> {
  const found = point && (await findByPoint(tx, workspaceId, point.kind, point.value))
  if (found) return fill(tx, workspaceId, found, known)
  const id = await insertContact(tx, workspaceId, known)
  if (!point || (await insertVerifiedPoint(tx, workspaceId, id, point.kind, point.value))) return { id, created: true }
  // Somebody was faster; the insert waited for them, so a new look sees theirs.
  await deleteContact(tx, workspaceId, id)
  const winner = await findByPoint(tx, workspaceId, point.kind, point.value)
  if (!winner) throw new Error('a contact point vanished while it was being added')
  return fill(tx, workspaceId, winner, known)
}

async function fill(
  tx: Tx,
  workspaceId: string,
  id: string,
  known: NewContact,
): Promise<{ id: string; created: boolean }> {
  if (Object.values(known).some((value) => value !== null && value !== undefined))
    await fillContact(tx, workspaceId, id, known)
  return { id, created: false }
}
