/** SQL of API keys: found before their workspace is known, kept inside it. */
import type { Scope } from '@earshot/contracts'
import { type Selectable, sql } from 'kysely'
import { type Db, inWorkspace, type Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'

export type KeyRow = Omit<Selectable<Tables['apiKey']>, 'hash'>

/** Who a key speaks for. */
export interface FoundKey {
  workspaceId: string
  id: string
  name: string
  scopes: Scope[]
}

const COLUMNS = [
  'workspaceId',
  'id',
  'name',
  'start',
  'scopes',
  'createdBy',
  'createdAt',
  'lastUsedAt',
  'expiresAt',
  'revokedAt',
] as const

/** One index look-up by hash: takes the same time whatever part of a key is right. */
export async function findApiKey(db: Db, hash: Buffer): Promise<FoundKey | undefined> {
  const { rows } = await sql<FoundKey>`select workspace_id, id, name, scopes from find_api_key(${hash})`.execute(db)
  return rows[0]
}

export function touchApiKey(db: Db, workspaceId: string, id: string): Promise<void> {
  return inWorkspace(db, workspaceId, async (tx) => {
    await sql`update api_key set last_used_at = now() where workspace_id = ${workspaceId} and id = ${id}
      and (last_used_at is null or last_used_at < now() - interval '1 minute')`.execute(tx)
  })
}

export function insertApiKey(
  tx: Tx,
  key: {
    workspaceId: string
    name: string
    start: string
    hash: Buffer
    scopes: Scope[]
    createdBy: string | null
    expiresInDays: number | null
  },
): Promise<KeyRow> {
  const { expiresInDays, ...row } = key
  return tx
    .insertInto('apiKey')
    .values({ ...row, expiresAt: expiresInDays === null ? null : sql`now() + make_interval(days => ${expiresInDays})` })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
}

/** Keys that are still valid or expired by themselves, newest first; revoked ones are gone for everybody. */
export function selectApiKeys(
  tx: Tx,
  workspaceId: string,
  before: string | undefined,
  limit: number,
): Promise<KeyRow[]> {
  return tx
    .selectFrom('apiKey')
    .select(COLUMNS)
    .where('workspaceId', '=', workspaceId)
    .where('revokedAt', 'is', null)
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export function revokeKey(tx: Tx, workspaceId: string, id: string): Promise<KeyRow | undefined> {
  return tx
    .updateTable('apiKey')
    .set({ revokedAt: sql`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('revokedAt', 'is', null)
    .returning(COLUMNS)
    .executeTakeFirst()
}
