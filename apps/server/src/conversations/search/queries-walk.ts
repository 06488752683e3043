/** SQL of the walk: cursors over the list's own query, in its order and with its filters, each row with whether it matches. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { type Condition, conditionsOf, type Filter, matches } from '../queries-filter.ts'
import { type Order, rowsAfter } from '../queries-order.ts'
import { isCandidate, isMatch, openWalk, prepareWalk, type Term } from './queries-search.ts'

export interface Scope {
  workspaceId: string
  me: string | null
  filter: Filter
  order: Order
  term: Term
}
type Position = Order['after']
const ofWorkspace = (workspaceId: string): Condition => sql`c.workspace_id = ${workspaceId}`

/** Opens one run of the order behind a position. */
export async function openRun(tx: Tx, scope: Scope, run: number, after: Position): Promise<void> {
  await prepareWalk(tx, 0.001)
  const conditions = conditionsOf(scope.filter, scope.me)
  await openWalk(tx, rowsOf(scope, { table: 'conversation', from: run, to: run + 1, after, conditions }))
}

/** Opens all that is left of the order among some conversations: few enough to be put in order at once, whatever it is. */
export async function openCandidates(tx: Tx, scope: Scope, ids: string[], after: Position): Promise<void> {
  await prepareWalk(tx, 1)
  const { workspaceId, filter, me, order, term } = scope
  const conditions = [isCandidate(workspaceId, term, ids), ...conditionsOf(filter, me)]
  const runs = { from: after?.run ?? 0, to: order.runs.length, after }
  if (runs.to - runs.from === 1) return openWalk(tx, rowsOf(scope, { ...runs, table: 'conversation', conditions }))
  // Each run would look all of them up again.
  const rows = rowsOf(scope, { ...runs, table: 'candidate', conditions: [] })
  await openWalk(
    tx,
    sql`with candidate as materialized (
      select c.* from conversation c where ${ofWorkspace(workspaceId)} and ${matches(conditions)}) ${rows}`,
  )
}

/** Opens all of a filter, in no order; with ids, only among those. */
export async function openAll(tx: Tx, scope: Omit<Scope, 'order'>, ids: string[] | null): Promise<void> {
  const { workspaceId, filter, me, term } = scope
  const conditions = [...conditionsOf(filter, me), ...(ids ? [isCandidate(workspaceId, term, ids)] : [])]
  await prepareWalk(tx, 1)
  await openWalk(
    tx,
    sql`select c.id, 0 as run, ${isMatch(workspaceId, term, 'c')} as hit from conversation c
        where ${ofWorkspace(workspaceId)} and ${matches(conditions)}`,
  )
}

interface Rows {
  table: 'conversation' | 'candidate'
  from: number
  to: number
  after: Position
  conditions: Condition[]
}

function rowsOf(
  { workspaceId, order, term }: Scope,
  { table, from, to, after, conditions }: Rows,
): RawBuilder<unknown> {
  const width = order.runs[from]!.branches[0]!.keys.length
  const direction = order.descending ? 'desc' : 'asc'
  const keys = Array.from({ length: width }, (_, i) => `k${i} ${direction}`).join(', ')
  const branches = order.runs.slice(from, to).flatMap((run, i) =>
    run.branches.map((branch) => {
      const all = [ofWorkspace(workspaceId), ...conditions]
      if (branch.where) all.push(branch.where)
      if (after?.run === from + i) all.push(rowsAfter(branch, { ...order, after }))
      const selected = sql.raw(branch.keys.map((key, k) => `${key.sql} as k${k}`).join(', '))
      const by = sql.raw(branch.keys.map((key) => `${key.sql} ${direction}`).join(', '))
      return sql`(select ${sql.lit(from + i)} as run, c.id, c.agent_id, c.needs_index, ${selected}
        from ${sql.raw(table)} c where ${matches(all)} order by ${by})`
    }),
  )
  // `offset 0` keeps the settling out of the sort: only rows that are walked are compared.
  return sql`select p.id, p.run, ${isMatch(workspaceId, term, 'p')} as hit
    from (select * from (${sql.join(branches, sql` union all `)}) u
           order by ${sql.raw(`${to - from > 1 ? 'run, ' : ''}${keys}`)} offset 0) p`
}

/** Where a row stands in the order; null when it is gone. */
export async function findPosition(
  tx: Tx,
  { workspaceId, order }: Scope,
  { id, run }: { id: string; run: number },
): Promise<Position> {
  const branches = order.runs[run]!.branches.map(({ where, keys }) => {
    const all: Condition[] = [ofWorkspace(workspaceId), sql`c.id = ${id}::uuid`, ...(where ? [where] : [])]
    const selected = sql.raw(keys.map((key) => `${key.sql}::text`).join(', '))
    return sql`select array[${selected}] as keys from conversation c where ${matches(all)}`
  })
  const { rows } = await sql<{ keys: string[] }>`${sql.join(branches, sql` union all `)}`.execute(tx)
  return rows[0] ? { run, values: rows[0].keys } : null
}
