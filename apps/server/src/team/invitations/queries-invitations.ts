/** SQL of invitations. Open: neither accepted nor taken back; it may have expired. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.gen.ts'

export type InvitationRow = Selectable<Tables['invitation']>

const open = (tx: Tx, workspaceId: string) =>
  tx
    .selectFrom('invitation')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)

export function selectInvitations(
  tx: Tx,
  workspaceId: string,
  before: string | null,
  limit: number,
): Promise<InvitationRow[]> {
  return open(tx, workspaceId)
    .$if(before !== null, (q) => q.where('id', '<', before))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export function lockInvitation(tx: Tx, workspaceId: string, id: string): Promise<InvitationRow | undefined> {
  return open(tx, workspaceId).where('id', '=', id).forUpdate().executeTakeFirst()
}

export function insertInvitation(
  tx: Tx,
  values: Omit<Insertable<Tables['invitation']>, 'expiresAt'>,
  days: number,
): Promise<InvitationRow> {
  return tx
    .insertInto('invitation')
    .values({ ...values, expiresAt: inDays(days) })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** The old link ends with its hash. */
export function renewInvitation(
  tx: Tx,
  workspaceId: string,
  id: string,
  { hash, mailed }: { hash: Buffer; mailed: boolean },
  days: number,
): Promise<InvitationRow> {
  return tx
    .updateTable('invitation')
    .set({ hash, mailed, sentAt: sql<Date>`clock_timestamp()`, expiresAt: inDays(days) })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function endInvitation(
  tx: Tx,
  workspaceId: string,
  id: string,
  how: 'acceptedAt' | 'revokedAt',
): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ [how]: sql<Date>`clock_timestamp()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export async function isMemberByEmail(tx: Tx, workspaceId: string, email: string): Promise<boolean> {
  const found = await tx
    .selectFrom('member')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where(sql<string>`lower(email)`, '=', email)
    .where('removedAt', 'is', null)
    .executeTakeFirst()
  return found !== undefined
}

/** Where a link leads: neither used, taken back nor expired. */
export async function findByHash(db: Db, hash: Buffer): Promise<{ workspaceId: string; id: string } | undefined> {
  const { rows } = await sql<{ workspaceId: string; id: string }>`
    select workspace_id, id from find_invitation(${hash})`.execute(db)
  return rows[0]
}

const inDays = (days: number) => sql<Date>`clock_timestamp() + make_interval(days => ${days})`
