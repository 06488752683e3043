/** SQL of replays: which conversations are played to which document, and what came of each question. */
import type { AgentConfig, ReplayTurn } from '@earshot/contracts'
import { type Selectable, sql } from 'kysely'
import type { JobData } from '../../jobs/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.gen.ts'

export type ReplayRow = Selectable<Tables['replay']>

/** A replay with what its job tells. */
export type ToldReplay = Omit<ReplayRow, 'config'> & {
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  done: number
  total: number | null
  result: JobData
}

export interface NewReplay {
  workspaceId: string
  agentId: string
  version: number | null
  config: AgentConfig
  jobId: string
  byName: string
  conversationIds: string[]
}

export async function insertReplay(tx: Tx, { config, conversationIds, ...values }: NewReplay): Promise<string> {
  const { id } = await tx
    .insertInto('replay')
    .values({ ...values, config: JSON.stringify(config) })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sql`insert into replay_conversation (workspace_id, replay_id, conversation_id, ordinal)
    select ${values.workspaceId}, ${id}, one.id, one.ordinal from unnest(${conversationIds}::uuid[]) with ordinality one (id, ordinal)`.execute(
    tx,
  )
  return id
}

export async function countConversations(tx: Tx, workspaceId: string, ids: string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from conversation where workspace_id = ${workspaceId} and id = any (${ids}::uuid[])`.execute(
    tx,
  )
  return rows[0]!.count
}

const told = (tx: Tx, workspaceId: string, agentId: string) =>
  tx
    .selectFrom('replay as r')
    .innerJoin('job as j', (on) => on.onRef('j.workspaceId', '=', 'r.workspaceId').onRef('j.id', '=', 'r.jobId'))
    .select(['r.workspaceId', 'r.id', 'r.agentId', 'r.version', 'r.jobId', 'r.byName', 'r.createdAt'])
    .select(['j.state', 'j.done', 'j.total', 'j.result'])
    .where('r.workspaceId', '=', workspaceId)
    .where('r.agentId', '=', agentId)

export async function findReplay(
  tx: Tx,
  workspaceId: string,
  agentId: string,
  id: string,
): Promise<ToldReplay | undefined> {
  return (await told(tx, workspaceId, agentId).where('r.id', '=', id).executeTakeFirst()) as ToldReplay | undefined
}

export async function findReplays(
  tx: Tx,
  workspaceId: string,
  agentId: string,
  page: { before?: string | undefined; limit: number },
): Promise<ToldReplay[]> {
  let query = told(tx, workspaceId, agentId)
  if (page.before) query = query.where('r.id', '<', page.before)
  return (await query.orderBy('r.id', 'desc').limit(page.limit).execute()) as ToldReplay[]
}

export function findReplayOfJob(tx: Tx, workspaceId: string, jobId: string): Promise<ReplayRow | undefined> {
  return tx
    .selectFrom('replay')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('jobId', '=', jobId)
    .executeTakeFirst()
}

export interface NextConversation {
  conversationId: string
  turns: ReplayTurn[]
  costUsd: number
}

/** The first that is not played to its end. */
export async function findNext(tx: Tx, workspaceId: string, replayId: string): Promise<NextConversation | undefined> {
  const { rows } = await sql<NextConversation>`
    select p.conversation_id, p.turns, c.cost_usd::float8 as cost_usd from replay_conversation p
      join conversation c on c.workspace_id = p.workspace_id and c.id = p.conversation_id
     where p.workspace_id = ${workspaceId} and p.replay_id = ${replayId} and not p.finished order by p.ordinal limit 1`.execute(
    tx,
  )
  return rows[0]
}

/** Nothing, when the conversation was deleted meanwhile. */
export async function storeTurns(
  tx: Tx,
  workspaceId: string,
  replayId: string,
  { conversationId, turns, finished }: { conversationId: string; turns: ReplayTurn[]; finished: boolean },
): Promise<void> {
  await tx
    .updateTable('replayConversation')
    .set({ turns: JSON.stringify(turns), finished })
    .where('workspaceId', '=', workspaceId)
    .where('replayId', '=', replayId)
    .where('conversationId', '=', conversationId)
    .execute()
}

export interface ReplayedRow {
  ordinal: number
  conversationId: string
  number: number
  title: string | null
  contact: string | null
  startedAt: Date
  finished: boolean
  turns: ReplayTurn[]
}

export async function findReplayed(
  tx: Tx,
  workspaceId: string,
  replayId: string,
  page: { after: number; limit: number },
): Promise<ReplayedRow[]> {
  const { rows } = await sql<ReplayedRow>`
    select p.ordinal, p.conversation_id, c.number::int as number, c.title, k.name as contact, c.started_at, p.finished, p.turns
      from replay_conversation p
      join conversation c on c.workspace_id = p.workspace_id and c.id = p.conversation_id
      left join contact k on k.workspace_id = c.workspace_id and k.id = c.contact_id
     where p.workspace_id = ${workspaceId} and p.replay_id = ${replayId} and p.ordinal > ${page.after}
     order by p.ordinal limit ${page.limit}`.execute(tx)
  return rows
}
