/** SQL of the list: pages, search, ids, the counts of the preset views. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { type ConversationRow, selectConversations } from './queries.ts'
import { type Condition, conditionsOf, type Filter, matches } from './queries-filter.ts'
import { type Order, type Run, rowsAfter } from './queries-order.ts'
import { isHit } from './search/queries-search.ts'

export type PageRow = ConversationRow & {
  run: string
  orderKeys: string[]
}

export interface Page {
  workspaceId: string
  me: string | null
  filter: Filter
  order: Order
  limit: number
}

/** So many groups are read at once when the first did not fill the page. */
const RUNS_AT_ONCE = 8

/**
 * Reads run after run until the page is full: first the ids in order, from the index of each run, then what is shown of them.
 * A search goes another way (search/find-hits.ts).
 */
export async function findPage(tx: Tx, page: Page): Promise<PageRow[]> {
  const rows: PageRow[] = []
  const { runs, after } = page.order
  for (let next = after?.run ?? 0, size = 1; next < runs.length && rows.length < page.limit; size = RUNS_AT_ONCE) {
    rows.push(
      ...(await findRuns(tx, page, { from: next, to: Math.min(runs.length, next + size) }, page.limit - rows.length)),
    )
    next += size
  }
  return rows
}

async function findRuns(tx: Tx, page: Page, { from, to }: { from: number; to: number }, limit: number) {
  const { workspaceId, order, filter } = page
  const conditions = [sql<boolean>`c.workspace_id = ${workspaceId}`, ...conditionsOf(filter, page.me)] as Condition[]
  const branches = order.runs
    .slice(from, to)
    .flatMap((run, i) =>
      run.branches.map((_, b) => sql`(${branchOf(run, b, { order, conditions, at: from + i, limit })})`),
    )
  const width = order.runs[from]!.branches[0]!.keys.length
  const direction = sql.raw(order.descending ? 'desc' : 'asc')
  const keys = Array.from({ length: width }, (_, i) => sql.raw(`p.k${i}`))
  const by = sql`p.run, ${sql.join(keys.map((key) => sql`${key} ${direction}`))}`
  const found = sql<{ id: string; run: number; keys: string[]; place: number }>`(
    select p.k${sql.raw(String(width - 1))} as id, p.run, array[${sql.join(keys.map((key) => sql`${key}::text`))}] as keys,
           row_number() over (order by ${by}) as place
      from (${sql.join(branches, sql` union all `)}) p order by ${by} limit ${limit})`
  const query = selectConversations(tx, workspaceId)
    .innerJoin(found.as('p'), (join) => join.onRef('p.id', '=', 'c.id'))
    .select(['p.run as runAt', 'p.keys as orderKeys'])
  const rows = (await query.orderBy('p.place').execute()) as unknown as (PageRow & { runAt: number })[]
  return rows.map((row) => ({ ...row, run: order.runs[row.runAt]!.name }))
}

function branchOf(
  run: Run,
  branch: number,
  { order, conditions, at, limit }: { order: Order; conditions: Condition[]; at: number; limit: number },
): RawBuilder<unknown> {
  const { where, keys } = run.branches[branch]!
  const all = [...conditions, ...(where ? [where] : [])]
  if (order.after?.run === at) all.push(rowsAfter(run.branches[branch]!, order))
  const selected = sql.raw(keys.map((key, i) => `${key.sql} as k${i}`).join(', '))
  const direction = order.descending ? 'desc' : 'asc'
  const by = sql.raw(keys.map((key) => `${key.sql} ${direction}`).join(', '))
  return sql`select ${sql.lit(at)} as run, ${selected} from conversation c where ${matches(all)} order by ${by} limit ${limit}`
}

/** Ids that a filter finds, by key: membership may change meanwhile without moving the place. */
export async function findIds(
  tx: Tx,
  given: { workspaceId: string; me: string | null; filter: Filter; after: string | null; limit: number },
): Promise<string[]> {
  const { workspaceId, after, limit } = given
  const conditions = conditionsOf(given.filter, given.me)
  if (given.filter.q) conditions.push(isHit(given.filter.q))
  if (after) conditions.push(sql`c.id > ${after}::uuid`)
  const { rows } = await sql<{ id: string }>`
    select c.id from conversation c where c.workspace_id = ${workspaceId} and ${matches(conditions)} order by c.id limit ${limit}`.execute(
    tx,
  )
  return rows.map((row) => row.id)
}

/** The agents in the order of their names, for the order by agent. */
export async function findAgentOrder(tx: Tx, workspaceId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from agent where workspace_id = ${workspaceId} order by lower(name), name, id`.execute(tx)
  return rows.map((row) => row.id)
}

/** The exact count of each view: the sum of its changes. */
export async function findViewCounts(tx: Tx, workspaceId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ key: string; n: number }>`
    select key, sum(n)::bigint as n from counter_delta where workspace_id = ${workspaceId} group by key`.execute(tx)
  return new Map(rows.map((row) => [row.key, row.n]))
}
