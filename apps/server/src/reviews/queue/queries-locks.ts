/** SQL of who is checking what: locks, checks, and what was put off. All times are the database's. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

/** For so long a review is theirs after the last sign of work. */
export const LOCK_MINUTES = 5

/** One person takes one review at a time: two of their windows wait for each other here. */
export async function lockMember(tx: Tx, workspaceId: string, memberId: string): Promise<void> {
  await sql`select from member where workspace_id = ${workspaceId} and id = ${memberId} for no key update`.execute(tx)
}

/**
 * Takes it, or goes on with it: false when another has it and their time is not over. Of many at once the key lets one through. Time
 * since the last sign of their own is counted as worked.
 */
export async function takeLock(tx: Tx, workspaceId: string, id: string, memberId: string): Promise<boolean> {
  const { rows } = await sql`
    insert into review_lock as l (workspace_id, conversation_id, member_id, until)
    values (${workspaceId}, ${id}, ${memberId}, now() + make_interval(mins => ${LOCK_MINUTES}))
    on conflict (workspace_id, conversation_id) do update
       set member_id = excluded.member_id, until = excluded.until, seen_at = now(),
           worked_seconds = case when l.member_id = excluded.member_id and l.until > now()
             then l.worked_seconds + extract(epoch from now() - l.seen_at)::int else 0 end
     where l.member_id = excluded.member_id or l.until <= now()
    returning 1`.execute(tx)
  return rows.length > 0
}

export interface LockRow {
  conversationId: string
  memberId: string
  name: string
  until: Date
  /** With the time since the last sign of work. */
  seconds: number
}

const lockColumns = sql`l.conversation_id, l.member_id, m.name, l.until,
  l.worked_seconds + extract(epoch from now() - l.seen_at)::int as seconds`

/** Of one that holds still; a row whose time is over is nobody's. */
export async function findLock(tx: Tx, workspaceId: string, id: string): Promise<LockRow | undefined> {
  const { rows } = await sql<LockRow>`
    select ${lockColumns} from review_lock l join member m on m.workspace_id = l.workspace_id and m.id = l.member_id
     where l.workspace_id = ${workspaceId} and l.conversation_id = ${id} and l.until > now()`.execute(tx)
  return rows[0]
}

/** The one this person holds, newest first. */
export async function findLocksOf(tx: Tx, workspaceId: string, memberId: string): Promise<LockRow[]> {
  const { rows } = await sql<LockRow>`
    select ${lockColumns} from review_lock l join member m on m.workspace_id = l.workspace_id and m.id = l.member_id
     where l.workspace_id = ${workspaceId} and l.member_id = ${memberId} and l.until > now() order by l.seen_at desc`.execute(
    tx,
  )
  return rows
}

/** Gives back what they hold: one, or all but one. */
export async function releaseLocks(
  tx: Tx,
  workspaceId: string,
  memberId: string,
  which: { only: string } | { but: string },
): Promise<string[]> {
  const { rows } = await sql<{ conversationId: string }>`
    delete from review_lock where workspace_id = ${workspaceId} and member_id = ${memberId}
       and ${'only' in which ? sql`conversation_id = ${which.only}` : sql`conversation_id <> ${which.but}`}
    returning conversation_id`.execute(tx)
  return rows.map(({ conversationId }) => conversationId)
}

export interface NewCheck {
  workspaceId: string
  conversationId: string
  reviewId: string
  memberId: string
  memberName: string
  agreed: string[]
  seconds: number
}

/** False when somebody has checked this review already. */
export async function insertCheck(tx: Tx, check: NewCheck): Promise<boolean> {
  const row = await tx
    .insertInto('reviewCheck')
    .values(check)
    .onConflict((conflict) => conflict.columns(['workspaceId', 'reviewId']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function insertSkip(
  tx: Tx,
  { workspaceId, id, memberId, minutes }: { workspaceId: string; id: string; memberId: string; minutes: number },
): Promise<void> {
  await sql`
    insert into review_skip (workspace_id, conversation_id, member_id, until)
    values (${workspaceId}, ${id}, ${memberId}, now() + make_interval(mins => ${minutes}))
    on conflict (workspace_id, conversation_id, member_id) do update set until = excluded.until`.execute(tx)
}
