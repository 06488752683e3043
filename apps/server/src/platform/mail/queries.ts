/** SQL of mail on its way. */
import { sql } from 'kysely'
import type { Db, Tx } from '../db.ts'
import type { MailContent } from './compose.ts'

export interface NewMail {
  workspaceId: string
  key: string
  conversationId: string | null
  to: string
  content: MailContent
  delaySeconds: number
}

/** False when this key was there before. */
export async function insertMail(tx: Tx, mail: NewMail): Promise<boolean> {
  const { rows } = await sql`
    insert into mail (workspace_id, key, conversation_id, to_address, content, due_at)
    values (${mail.workspaceId}, ${mail.key}, ${mail.conversationId}, ${mail.to}, ${JSON.stringify(mail.content)}::jsonb,
            clock_timestamp() + make_interval(secs => ${mail.delaySeconds}))
    on conflict (workspace_id, key) do nothing returning id`.execute(tx)
  return rows.length > 0
}

/** What was not sent yet is not sent any more. */
export async function deleteWaiting(tx: Tx, workspaceId: string, keys: string[]): Promise<void> {
  if (keys.length === 0) return
  await tx
    .deleteFrom('mail')
    .where('workspaceId', '=', workspaceId)
    .where('key', 'in', keys)
    .where('sentAt', 'is', null)
    .execute()
}

export interface ClaimedMail {
  workspaceId: string
  id: string
}

export async function claimMails(db: Db, limit: number, leaseSeconds: number): Promise<ClaimedMail[]> {
  const { rows } = await sql<ClaimedMail>`
    select workspace_id, id from claim_mails(${limit}, make_interval(secs => ${leaseSeconds}))`.execute(db)
  return rows
}

export interface MailToSend {
  attempts: number
  to: string
  content: MailContent
}

export async function findMail(tx: Tx, { workspaceId, id }: ClaimedMail): Promise<MailToSend | undefined> {
  const { rows } = await sql<MailToSend>`
    select attempts, to_address as "to", content from mail
     where workspace_id = ${workspaceId} and id = ${id} and sent_at is null and failed_at is null`.execute(tx)
  return rows[0]
}

export async function noteSent(tx: Tx, { workspaceId, id }: ClaimedMail): Promise<void> {
  await sql`
    update mail set sent_at = clock_timestamp(), content = null, problem = null
     where workspace_id = ${workspaceId} and id = ${id}`.execute(tx)
}

/** Null: it is not tried again. */
export async function noteProblem(
  tx: Tx,
  { workspaceId, id }: ClaimedMail,
  problem: string,
  againInSeconds: number | null,
): Promise<void> {
  if (againInSeconds === null)
    await sql`
      update mail set failed_at = clock_timestamp(), content = null, problem = ${problem}
       where workspace_id = ${workspaceId} and id = ${id}`.execute(tx)
  else
    await sql`
      update mail set due_at = clock_timestamp() + make_interval(secs => ${againInSeconds}), problem = ${problem}
       where workspace_id = ${workspaceId} and id = ${id}`.execute(tx)
}

export interface MailCounts {
  waiting: number
  failed: number
  problem: string | null
}

/** Of the last day. */
export async function countMails(tx: Tx, workspaceId: string): Promise<MailCounts> {
  const { rows } = await sql<MailCounts>`
    select count(*) filter (where sent_at is null and failed_at is null)::int as waiting,
           count(*) filter (where failed_at > now() - interval '1 day')::int as failed,
           (array_agg(problem order by created_at desc) filter (where problem is not null and sent_at is null))[1] as problem
      from mail where workspace_id = ${workspaceId} and created_at > now() - interval '1 day'`.execute(tx)
  return rows[0] ?? { waiting: 0, failed: 0, problem: null }
}

export async function pruneMailRows(db: Db, older: string): Promise<void> {
  await sql`select prune_mails(${older}::interval)`.execute(db)
}
