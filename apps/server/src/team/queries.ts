/** SQL of workspaces, members and stages: rows and locks. Functions take a transaction, return rows, and decide nothing. */
import type { Role } from '@earshot/contracts'
import { type Selectable, sql, type Updateable } from 'kysely'
import { type Db, inWorkspace, type Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'
import type { StageSeed } from './default-stages.ts'

export interface Membership {
  workspaceId: string
  memberId: string
  role: Role
  name: string
  email: string
  workspaceName: string
}
export type MemberRow = Selectable<Tables['member']>
export type StageRow = Selectable<Tables['stage']>
export interface WorkspaceRow {
  workspaceId: string
  name: string
  reviewAfterSeconds: number
  defaultView: 'everything' | 'reviewed'
  createdAt: Date
}

export async function findMemberships(db: Db, userId: string): Promise<Membership[]> {
  const { rows } = await sql<Membership>`
    select workspace_id, member_id, role, name, email, workspace_name from find_memberships(${userId})`.execute(db)
  return rows
}

export async function hasWorkspaces(db: Db): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select has_workspaces() as found`.execute(db)
  return rows[0]!.found
}

export async function selectWorkspaces(db: Db): Promise<{ workspaceId: string; name: string }[]> {
  const { rows } = await sql<{
    workspaceId: string
    name: string
  }>`select workspace_id, name from list_workspaces()`.execute(db)
  return rows
}

/** A workspace's id is chosen before its row is, since nothing can be written outside a workspace. */
export async function nextWorkspaceId(db: Db): Promise<string> {
  const { rows } = await sql<{ id: string }>`select uuidv7() as id`.execute(db)
  return rows[0]!.id
}

/** Held until the transaction ends: the first workspace is made by one caller at a time. */
export async function lockSetUp(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('earshot.setup', 1))`.execute(tx)
}

export async function insertWorkspace(
  tx: Tx,
  workspaceId: string,
  name: string,
  stages: readonly StageSeed[],
): Promise<void> {
  await tx.insertInto('workspace').values({ workspaceId, name }).execute()
  await tx
    .insertInto('stage')
    .values(stages.map((stage, position) => ({ ...stage, workspaceId, position })))
    .execute()
}

export function deleteWorkspace(db: Db, workspaceId: string): Promise<void> {
  return inWorkspace(db, workspaceId, async (tx) => {
    await tx.deleteFrom('workspace').where('workspaceId', '=', workspaceId).execute()
  })
}

export async function findWorkspace(tx: Tx, workspaceId: string): Promise<WorkspaceRow> {
  const { rows } = await sql<WorkspaceRow>`
    select workspace_id, name, extract(epoch from review_after)::int as review_after_seconds, default_view, created_at
      from workspace where workspace_id = ${workspaceId}`.execute(tx)
  return rows[0]!
}

export async function updateWorkspace(
  tx: Tx,
  workspaceId: string,
  changes: Updateable<Tables['workspace']>,
): Promise<void> {
  await tx.updateTable('workspace').set(changes).where('workspaceId', '=', workspaceId).execute()
}

export function selectStages(tx: Tx, workspaceId: string): Promise<StageRow[]> {
  return tx
    .selectFrom('stage')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('leavingTo', 'is', null)
    .orderBy('position')
    .orderBy('key')
    .execute()
}

export function insertMember(
  tx: Tx,
  member: { workspaceId: string; userId: string; name: string; email: string; role: Role },
): Promise<MemberRow> {
  return tx.insertInto('member').values(member).returningAll().executeTakeFirstOrThrow()
}

export function selectMembers(
  tx: Tx,
  workspaceId: string,
  after: string | undefined,
  limit: number,
): Promise<MemberRow[]> {
  return tx
    .selectFrom('member')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('removedAt', 'is', null)
    .$if(after !== undefined, (query) => query.where('id', '>', after!))
    .orderBy('id')
    .limit(limit)
    .execute()
}

export function findMember(tx: Tx, workspaceId: string, id: string): Promise<MemberRow | undefined> {
  return tx
    .selectFrom('member')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .executeTakeFirst()
}

/** Locks every owner in the order of their ids, so that two changes cannot each leave the other's owner as the last. */
export function lockOwners(tx: Tx, workspaceId: string): Promise<{ id: string }[]> {
  return tx
    .selectFrom('member')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('role', '=', 'owner')
    .where('removedAt', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
}

export function updateMember(
  tx: Tx,
  workspaceId: string,
  id: string,
  changes: { role?: Role; name?: string },
): Promise<MemberRow | undefined> {
  return tx
    .updateTable('member')
    .set(changes)
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .returningAll()
    .executeTakeFirst()
}

export async function markMemberRemoved(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx
    .updateTable('member')
    .set({ removedAt: sql`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

export async function findWorkspaceName(tx: Tx, workspaceId: string): Promise<string> {
  const { name } = await tx
    .selectFrom('workspace')
    .select('name')
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirstOrThrow()
  return name
}
