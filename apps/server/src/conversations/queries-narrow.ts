/**
 * What can be known about a filter before its page is read (ADR 0021): ids, where it asks for a rare tag or flag, and how many it can
 * find at most. Where those are few they are put in order at once, instead of being looked for along the whole list.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { coveredBy } from './queries-count.ts'
import type { Condition, Filter } from './queries-filter.ts'

/** So many are fetched and sorted in a few milliseconds; more are soon met on the way. */
const FEW = 2000
/** An order that goes with what the filter asks for (those in progress by a score that only reviews give) meets them at its very end. */
const FEW_IN_ANOTHER_ORDER = 6000
/** The same of those that are looked up one by one. */
const FEW_IDS = 300

/** For a rare tag or flag the ids that have it, as a condition that an index answers. */
export async function narrow(tx: Tx, workspaceId: string, { tag, flag }: Filter): Promise<Condition[]> {
  const asked: RawBuilder<unknown>[] = []
  if (tag) asked.push(sql`find_tagged(${workspaceId}, ${[...tag]}::text[], ${FEW_IDS})::text[]`)
  if (flag) asked.push(sql`find_flagged(${workspaceId}, ${[...flag]}::text[], ${FEW_IDS})::text[]`)
  if (asked.length === 0) return []
  const { rows } = await sql<{ ids: string[] | null }>`
    select ids from (values ${sql.join(asked.map((one) => sql`(${one})`))}) as found (ids)`.execute(tx)
  return rows.flatMap(({ ids }) => (ids ? [sql<boolean>`c.id = any (${ids}::uuid[])` as Condition] : []))
}

/**
 * Whether the filter finds nothing, few, or perhaps many: from the cells, by whichever fields each cube holds. PostgreSQL takes
 * fields for independent of each other, and would walk a whole index for two that never meet.
 */
export async function sizeOf(
  tx: Tx,
  workspaceId: string,
  filter: Filter,
  me: string | null,
  byActivity: boolean,
): Promise<'none' | 'few' | 'many'> {
  const bounds = coveredBy(workspaceId, filter, me)
  if (bounds.length === 0) return 'many'
  const { rows } = await sql<{ n: number }>`select least(${sql.join(bounds)})::bigint as n`.execute(tx)
  const { n } = rows[0]!
  return n === 0 ? 'none' : n <= (byActivity ? FEW : FEW_IN_ANOTHER_ORDER) ? 'few' : 'many'
}
