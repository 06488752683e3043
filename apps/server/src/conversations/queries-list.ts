/** SQL of the list: pages, search, ids, the counts of the preset views. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { type ConversationRow, selectConversations } from './queries.ts'
import { type Condition, conditionsOf, type Filter, matches } from './queries-filter.ts'
import { narrow, sizeOf } from './queries-narrow.ts'
import { type Order, type Run, rowsAfter, telling } from './queries-order.ts'
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
  const size = isSimple(page) ? 'many' : await sizeOf(tx, page.workspaceId, page.filter, page.me, page.order.byActivity)
  if (size === 'none') return []
  const narrowed = await narrow(tx, page.workspaceId, page.filter)
  const few = size === 'few' || narrowed.length > 0
  const conditions = [
    sql<boolean>`c.workspace_id = ${page.workspaceId}` as Condition,
    ...conditionsOf(page.filter, page.me),
    ...narrowed,
  ]
  const places: Place[] = []
  const { runs, after } = page.order
  const all = runs.length
  for (
    let next = after?.run ?? 0, step = few ? all : 1;
    next < all && places.length < page.limit;
    step = RUNS_AT_ONCE
  ) {
    const to = Math.min(all, next + step)
    places.push(
      ...(await findPlaces(tx, { ...page, limit: page.limit - places.length }, { from: next, to, conditions, few })),
    )
    next = to
  }
  return findShown(tx, page, places)
}

/** One filter in the usual order: there is an index for it, or it is so common that the way through the newest is short. */
function isSimple({ filter, order }: Page): boolean {
  const fields = Object.values(filter).filter((value) => value !== undefined).length
  return fields === 0 || (fields === 1 && order.byActivity)
}

interface Place {
  id: string
  run: number
  keys: string[]
}

/** Few are fetched once and sorted; many are read from the index of each run, in order. */
async function findPlaces(
  tx: Tx,
  { order, limit }: Page,
  { from, to, conditions, few }: { from: number; to: number; conditions: Condition[]; few: boolean },
): Promise<Place[]> {
  const source = few ? { table: 'candidate', conditions: [] } : { table: 'conversation', conditions }
  const branches = order.runs
    .slice(from, to)
    .flatMap((run, i) =>
      run.branches.map((_, b) => sql`(${branchOf(run, b, { order, ...source, at: from + i, limit })})`),
    )
  const width = order.runs[from]!.branches[0]!.keys.length
  const keys = Array.from({ length: width }, (_, i) => `p.k${i}`)
  const by = ['p.run', ...keys.map((key) => `${key} ${order.descending ? 'desc' : 'asc'}`)].join(', ')
  const candidates = sql`with candidate as materialized (select ${CANDIDATE} from conversation c where ${matches(conditions)})`
  const { rows } = await sql<Place>`${few ? candidates : sql``}
    select p.id, p.run, array[${sql.raw(keys.map((key) => `${key}::text`).join(', '))}] as keys
      from (${sql.join(branches, sql` union all `)}) p order by ${sql.raw(by)} limit ${limit}`.execute(tx)
  return rows
}

/** What orders look at. */
const CANDIDATE = sql.raw(
  'id agent_id status rating quality started_at last_message_at activity_min message_count settled_messages settled_duration span'
    .split(' ')
    .map((column) => `c.${column}`)
    .join(', '),
)

/** The rows of the places, in their order. To think about in which order to join eight tables would take longer than to join them. */
async function findShown(tx: Tx, { workspaceId, order }: Page, places: Place[]): Promise<PageRow[]> {
  if (places.length === 0) return []
  await sql`set local join_collapse_limit = 1`.execute(tx)
  const found = await selectConversations(tx, workspaceId)
    .where(sql<SqlBool>`c.id = any (${places.map(({ id }) => id)}::uuid[])`)
    .execute()
  const rows = new Map(found.map((row) => [row.id, row]))
  return places.flatMap(({ id, run, keys }) => {
    const row = rows.get(id)
    return row ? [{ ...row, run: order.runs[run]!.name, orderKeys: keys }] : []
  })
}

function branchOf(
  run: Run,
  branch: number,
  given: { order: Order; table: string; conditions: Condition[]; at: number; limit: number },
): RawBuilder<unknown> {
  const { order, table, conditions, at, limit } = given
  const { where, keys } = run.branches[branch]!
  const all = [...conditions, ...(where ? [where] : [])]
  if (order.after?.run === at) all.push(rowsAfter(run.branches[branch]!, order))
  const selected = sql.raw(keys.map((key, i) => `${key.sql} as k${i}`).join(', '))
  const direction = order.descending ? 'desc' : 'asc'
  const by = sql.raw(
    telling(keys)
      .map((key) => `${key.sql} ${direction}`)
      .join(', '),
  )
  return sql`select c.id, ${sql.lit(at)} as run, ${selected} from ${sql.raw(table)} c where ${matches(all)} order by ${by} limit ${limit}`
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

/** How many of these the filter finds. */
export async function countAmong(
  tx: Tx,
  workspaceId: string,
  filter: Filter,
  me: string | null,
  ids: string[],
): Promise<number> {
  if (ids.length === 0) return 0
  const conditions = conditionsOf(filter, me)
  if (filter.q) conditions.push(isHit(filter.q))
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from conversation c where c.workspace_id = ${workspaceId} and c.id = any (${ids}::uuid[]) and ${matches(conditions)}`.execute(
    tx,
  )
  return rows[0]!.n
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
