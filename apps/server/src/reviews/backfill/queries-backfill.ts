/** SQL of backfills: which past conversations one reviews, in the order of their ids, and how long they are. */
import type { BackfillWish } from '@earshot/contracts'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

/** The versions that are not outdated. */
export interface Current {
  /** Of the embedded engine, on which every model's review is built. */
  embedded: string
  /** Null: any engine will do. */
  model: string | null
}

/** Quiet or over, as for the sweep; who talks now is reviewed when they have finished. */
function matches(workspaceId: string, wish: BackfillWish, current: Current): RawBuilder<boolean> {
  const { which, from, to, channelIds, agentIds } = wish
  const isCurrent =
    current.model === null
      ? sql`r.analyser_version = ${current.embedded} or right(r.analyser_version, ${current.embedded.length + 1}) = ${`+${current.embedded}`}`
      : sql`r.analyser = 'model' and r.analyser_version = ${`${current.model}+${current.embedded}`}`
  const reviewed = sql`(select ${isCurrent} from review r
    where r.workspace_id = c.workspace_id and r.conversation_id = c.id order by r.id desc limit 1)`
  return sql<boolean>`c.workspace_id = ${workspaceId} and c.message_count > 0
    and (c.status <> 'active' or c.last_message_at <= now() - (select w.review_after from workspace w where w.workspace_id = c.workspace_id))
    and (${from ?? null}::timestamptz is null or c.started_at >= ${from ?? null}::timestamptz)
    and (${to ?? null}::timestamptz is null or c.started_at < ${to ?? null}::timestamptz)
    and (${channelIds.length === 0} or c.channel_id = any (${channelIds}::uuid[]))
    and (${agentIds.length === 0} or c.agent_id = any (${agentIds}::uuid[]))
    and (${which === 'all'} or (${which === 'unreviewed'} and c.reviewed_at is null) or (${which === 'outdated'} and not ${reviewed}))`
}

export async function countPast(tx: Tx, workspaceId: string, wish: BackfillWish, current: Current): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from conversation c where ${matches(workspaceId, wish, current)}`.execute(tx)
  return rows[0]!.count
}

export interface Length {
  entries: number
  chars: number
}

/** Of some of them, spread over all by their ids' random end. */
export async function lengthsOfSome(
  tx: Tx,
  workspaceId: string,
  wish: BackfillWish,
  given: { current: Current; most: number },
): Promise<Length[]> {
  const { rows } = await sql<Length>`
    select count(*)::int as entries, coalesce(sum(least(length(e.text), 1500) + 16), 0)::int as chars
      from (select c.workspace_id, c.id from conversation c where ${matches(workspaceId, wish, given.current)}
             order by right(c.id::text, 8) limit ${given.most}) c
      join entry e on e.workspace_id = c.workspace_id and e.conversation_id = c.id and e.kind in ('message', 'function_call')
     group by c.id`.execute(tx)
  return rows
}

export async function findPast(
  tx: Tx,
  workspaceId: string,
  wish: BackfillWish,
  given: { current: Current; after: string | null; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from conversation c
     where ${matches(workspaceId, wish, given.current)} and (${given.after}::uuid is null or c.id > ${given.after}::uuid)
     order by c.id limit ${given.limit}`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function hasReviewOfJob(
  tx: Tx,
  workspaceId: string,
  jobId: string,
  conversationId: string,
): Promise<boolean> {
  const { rows } = await sql`select 1 from review where workspace_id = ${workspaceId} and job_id = ${jobId}
    and conversation_id = ${conversationId}`.execute(tx)
  return rows.length > 0
}

/** One at a time: a second would review the same again. The lock makes the second asker wait for the first. */
export async function findBackfill(
  tx: Tx,
  workspaceId: string,
  kind: string,
): Promise<{ id: string; params: unknown } | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`backfill ${workspaceId}`}, 0))`.execute(tx)
  const { rows } = await sql<{ id: string; params: unknown }>`
    select id, params from job where workspace_id = ${workspaceId} and kind = ${kind} and state in ('queued', 'running') limit 1`.execute(
    tx,
  )
  return rows[0]
}
