/** SQL of browsers to push to, and of pushes on their way. */
import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export type BrowserRow = Selectable<Tables['pushBrowser']>

/** A browser is one person's: whoever signs in there next takes it over. */
export async function putBrowser(
  tx: Tx,
  given: Pick<BrowserRow, 'workspaceId' | 'memberId' | 'endpoint' | 'p256dh' | 'auth'>,
): Promise<void> {
  const { memberId, p256dh, auth } = given
  await tx
    .insertInto('pushBrowser')
    .values(given)
    .onConflict((oc) => oc.columns(['workspaceId', 'endpoint']).doUpdateSet({ memberId, p256dh, auth }))
    .execute()
}

export async function removeBrowserRow(
  tx: Tx,
  workspaceId: string,
  which: { memberId: string; endpoint: string } | { id: string },
): Promise<void> {
  let query = tx.deleteFrom('pushBrowser').where('workspaceId', '=', workspaceId)
  query =
    'id' in which
      ? query.where('id', '=', which.id)
      : query.where('memberId', '=', which.memberId).where('endpoint', '=', which.endpoint)
  await query.execute()
}

export function findBrowsers(tx: Tx, workspaceId: string, memberIds: string[]): Promise<BrowserRow[]> {
  if (memberIds.length === 0) return Promise.resolve([])
  return tx
    .selectFrom('pushBrowser')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('memberId', 'in', memberIds)
    .orderBy('id')
    .execute()
}

export async function insertPushes(
  tx: Tx,
  pushes: { workspaceId: string; browserId: string; notificationId: string }[],
): Promise<void> {
  if (pushes.length > 0) await tx.insertInto('push').values(pushes).execute()
}

export interface ClaimedPush {
  workspaceId: string
  id: string
}

export async function claimPushes(db: Db, limit: number, leaseSeconds: number): Promise<ClaimedPush[]> {
  const { rows } = await sql<ClaimedPush>`
    select workspace_id, id from claim_pushes(${limit}, make_interval(secs => ${leaseSeconds}))`.execute(db)
  return rows
}

export interface PushToSend {
  attempts: number
  browserId: string
  endpoint: string
  p256dh: string
  auth: string
  notificationId: string
  memberId: string
  readAt: Date | null
  kind: string
  conversationId: string | null
  number: number | null
  reason: string | null
  contactName: string | null
  byName: string | null
}

export async function findPush(tx: Tx, { workspaceId, id }: ClaimedPush): Promise<PushToSend | undefined> {
  const { rows } = await sql<PushToSend>`
    select p.attempts, b.id as browser_id, b.endpoint, b.p256dh, b.auth, n.id as notification_id, n.member_id, n.read_at, n.kind, n.conversation_id, n.reason,
           c.number, ct.name as contact_name, n.by_name
      from push p
      join push_browser b on b.workspace_id = p.workspace_id and b.id = p.browser_id
      join notification n on n.workspace_id = p.workspace_id and n.id = p.notification_id and n.member_id = b.member_id
      left join conversation c on c.workspace_id = n.workspace_id and c.id = n.conversation_id
      left join contact ct on ct.workspace_id = c.workspace_id and ct.id = c.contact_id
     where p.workspace_id = ${workspaceId} and p.id = ${id}`.execute(tx)
  return rows[0]
}

export async function deletePush(tx: Tx, { workspaceId, id }: ClaimedPush): Promise<void> {
  await tx.deleteFrom('push').where('workspaceId', '=', workspaceId).where('id', '=', id).execute()
}

export async function putOffPush(tx: Tx, { workspaceId, id }: ClaimedPush, seconds: number): Promise<void> {
  await tx
    .updateTable('push')
    .set({ dueAt: sql<Date>`clock_timestamp() + make_interval(secs => ${seconds})` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}
