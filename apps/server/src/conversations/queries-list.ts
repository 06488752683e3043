/** SQL of the list: pages, search, counts. */
import { type SqlBool, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { type ConversationRow, selectConversations } from './queries.ts'
import { conditionsOf, type Filter } from './queries-filter.ts'
import type { Order } from './queries-order.ts'

export type PageRow = ConversationRow & { orderKeys: string[]; matchPosition: number | null; snippet: string | null }

interface Page {
  workspaceId: string
  me: string | null
  filter: Filter
  order: Order
  limit: number
}

/**
 * With `q`, `search_matches` (migration 1306) says where a conversation matches: exact, case-insensitive, partial. A page walks the list
 * in its order and stops when it is full, which is quick for common words; the search issue replaces it by an index for rare ones.
 */
export async function findPage(tx: Tx, page: Page): Promise<PageRow[]> {
  let query = selectConversations(tx, page.workspaceId)
    .select(page.order.keys.as('orderKeys'))
    .where((eb) => eb.and(conditionsOf(eb as never, page.filter, page.me)))
  if (page.order.after) query = query.where(page.order.after)
  if (page.filter.q) {
    const pattern = likePattern(page.filter.q)
    query = query
      .innerJoinLateral(
        (eb) =>
          eb
            .selectFrom(
              sql<{
                position: number | null
                snippet: string
              }>`search_matches(c.workspace_id, c.id, lower(${pattern}))`.as('inner'),
            )
            .selectAll()
            .as('hit'),
        (join) => join.onTrue(),
      )
      .select(['hit.position as matchPosition', 'hit.snippet as snippet']) as typeof query
  }
  return (await query
    .orderBy(page.order.by as never)
    .limit(page.limit)
    .execute()) as unknown as PageRow[]
}

export async function countFiltered(tx: Tx, workspaceId: string, filter: Filter, me: string | null): Promise<number> {
  let query = tx
    .selectFrom('conversation as c')
    .where('c.workspaceId', '=', workspaceId)
    .where((eb) => eb.and(conditionsOf(eb as never, filter, me)))
    .select((eb) => eb.fn.countAll<number>().as('count'))
  if (filter.q)
    query = query.where(
      sql<SqlBool>`exists (select from search_matches(c.workspace_id, c.id, lower(${likePattern(filter.q)})))`,
    )
  return (await query.executeTakeFirstOrThrow()).count
}

/** The exact count of each view: the sum of its changes. */
export async function findViewCounts(tx: Tx, workspaceId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ key: string; n: number }>`
    select key, sum(n)::bigint as n from counter_delta where workspace_id = ${workspaceId} group by key`.execute(tx)
  return new Map(rows.map((row) => [row.key, row.n]))
}

/**
 * What is searched for is text, not a pattern: `%`, `_` and `\` stand for themselves. PostgreSQL folds it as it folds what it searches:
 * JavaScript's small letters are others (Σ, İ).
 */
const likePattern = (q: string): string => `%${q.replace(/[\\%_]/g, '\\$&')}%`
