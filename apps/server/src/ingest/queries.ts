/** SQL of ingest: what a conversation from elsewhere names is found or made. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { findConversation, findMerged } from '../conversations/index.ts'
import type { Tx } from '../platform/db.ts'

export interface Named {
  id: string
  status: 'active' | 'closed' | 'archived'
  /** Stands before the keys of its messages when it is part of another conversation now; else empty. */
  keyPrefix: string
}

/** The conversations of these external ids, or those they were merged into; ids that name none are left out. */
export async function findByExternalIds(tx: Tx, workspaceId: string, ids: string[]): Promise<Map<string, Named>> {
  const rows = await tx
    .selectFrom('conversation')
    .select(['externalId', 'id', 'status'])
    .where('workspaceId', '=', workspaceId)
    .where(sql<boolean>`external_id = any(${ids}::text[])`)
    .execute()
  const found = new Map<string, Named>(rows.map(({ externalId, ...row }) => [externalId!, { ...row, keyPrefix: '' }]))
  const missing = ids.filter((id) => !found.has(id))
  for (const merged of missing.length > 0 ? await findMerged(tx, workspaceId, missing) : []) {
    const into = await findConversation(tx, workspaceId, merged.rootId)
    if (into) found.set(merged.externalId, { id: into.id, status: into.status, keyPrefix: merged.keyPrefix })
  }
  return found
}

/** Serialises the making of what is named by more than one conversation, so that two at once make one. */
export async function lockName(tx: Tx, workspaceId: string, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${workspaceId} ${name}`}, 11))`.execute(tx)
}

export function findChannelOfKind(tx: Tx, workspaceId: string, kind: string): Promise<{ id: string } | undefined> {
  return tx
    .selectFrom('channel')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('kind', '=', kind as 'api')
    .where('archivedAt', 'is', null)
    .orderBy('createdAt')
    .executeTakeFirst()
}

export function insertChannelOfKind(tx: Tx, workspaceId: string, kind: string, name: string): Promise<{ id: string }> {
  const key = `${kind}_${randomBytes(12).toString('base64url')}`
  return tx
    .insertInto('channel')
    .values({ workspaceId, kind: kind as 'api', name, key })
    .returning('id')
    .executeTakeFirstOrThrow()
}

export function findAgentByName(tx: Tx, workspaceId: string, name: string): Promise<{ id: string } | undefined> {
  return tx
    .selectFrom('agent')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('name', '=', name)
    .where('archivedAt', 'is', null)
    .orderBy('createdAt')
    .executeTakeFirst()
}

/** An agent that lives elsewhere: passive here, since it does not answer from here. */
export function insertPassiveAgent(tx: Tx, workspaceId: string, name: string): Promise<{ id: string }> {
  return tx.insertInto('agent').values({ workspaceId, name, mode: 'passive' }).returning('id').executeTakeFirstOrThrow()
}

export async function findOrInsertFlow(tx: Tx, workspaceId: string, agentId: string, name: string): Promise<string> {
  await tx
    .insertInto('flow')
    .values({ workspaceId, agentId, name })
    .onConflict((oc) => oc.columns(['workspaceId', 'agentId', 'name']).doNothing())
    .execute()
  const row = await tx
    .selectFrom('flow')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('agentId', '=', agentId)
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return row.id
}
