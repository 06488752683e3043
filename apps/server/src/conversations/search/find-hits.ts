/**
 * A page of a search, in any order of the list and with all of its filters.
 *
 * Two ways to it, each exact because every conversation is settled by comparing its text: walking the list in its order, which
 * fills a page at once when the term is common, and looking up in the index which conversations can have it, when it is rare. The
 * walk goes first for a moment unless the term is known to be rare. Past the budget the page is partial and says where to go on.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { type Condition, conditionsOf, type Filter, matches } from '../queries-filter.ts'
import { type Order, type Run, rowsAfter } from '../queries-order.ts'
import { candidatesOf, planSearch, type SearchPlan } from './plan-search.ts'
import { closeWalk, countWalk, isCandidate, isMatch, openWalk, prepareWalk, type Term, walk } from './queries-search.ts'

const BUDGET_MS = 850
const COUNT_BUDGET_MS = 1000
/** What the walk may take before the index is asked. */
const FIRST_WALK_MS = 20
/** Settling so many takes about as long as the budget; more are better met on the way. */
const MOST_CANDIDATES = 60_000

export interface SearchPage {
  workspaceId: string
  me: string | null
  filter: Filter
  order: Order
  /** How many are wanted at most. */
  limit: number
  budgetMs?: number
}

export interface Hits {
  term: Term
  ids: string[]
  /** Where the next page begins; null when this is the last. */
  next: { run: string; keys: string[] } | null
  partial: boolean
}

interface Search extends SearchPage {
  tx: Tx
  plan: SearchPlan
  hits: { id: string; run: number }[]
  after: Order['after']
  until: number
}

/** In a transaction that holds one moment (`holdMoment`). */
export async function findHits(tx: Tx, page: SearchPage): Promise<Hits> {
  const plan = await planSearch(tx, page.workspaceId, page.filter.q ?? '')
  const { term } = plan
  if (term.term === '') return { term, ids: [], next: null, partial: false }
  const until = performance.now() + (page.budgetMs ?? BUDGET_MS)
  const search: Search = { ...page, tx, plan, hits: [], after: page.order.after, until }
  let done = !plan.rare && (await walkOn(search, FIRST_WALK_MS))
  if (!done) {
    const ids = await candidatesOf(tx, page.workspaceId, plan, MOST_CANDIDATES)
    done = ids ? await lookUp(search, ids) : await walkOn(search, until - performance.now())
  }
  const ids = search.hits.slice(0, page.limit).map(({ id }) => id)
  const isMore = search.hits.length > page.limit
  return {
    term,
    ids,
    partial: !done,
    next: isMore ? await placeOf(search, search.hits[page.limit - 1]!) : done ? null : nameOf(search),
  }
}

/** How many conversations of the filter match, and whether all were looked at in time; holds one moment too. */
export async function countHits(
  tx: Tx,
  { workspaceId, me, filter }: Pick<SearchPage, 'workspaceId' | 'me' | 'filter'>,
): Promise<{ n: number; complete: boolean }> {
  const conditions = [...conditionsOf(filter, me)]
  const { narrowed, term } = await narrow(tx, workspaceId, filter.q ?? '')
  if (term.term === '') return { n: 0, complete: true }
  await prepareWalk(tx, 1)
  await openWalk(
    tx,
    sql`select c.id, 0 as run, ${isMatch(workspaceId, term, 'c')} as hit from conversation c
        where c.workspace_id = ${workspaceId} and ${matches([...conditions, ...narrowed])}`,
  )
  const counted = await countWalk(tx, COUNT_BUDGET_MS)
  await closeWalk(tx)
  return counted
}

async function narrow(tx: Tx, workspaceId: string, q: string): Promise<{ narrowed: Condition[]; term: Term }> {
  const plan = await planSearch(tx, workspaceId, q)
  const ids = await candidatesOf(tx, workspaceId, plan, MOST_CANDIDATES)
  return { narrowed: ids ? [isCandidate(workspaceId, plan.term, ids)] : [], term: plan.term }
}

/** Walks run after run from where the search stands. True when the page is full or the list at its end. */
async function walkOn(search: Search, budgetMs: number): Promise<boolean> {
  const until = performance.now() + budgetMs
  const { runs } = search.order
  await prepareWalk(search.tx, 0.001)
  for (let at = search.after?.run ?? 0; at < runs.length; at++) {
    const rows = rowsOf(search, 'conversation', [at, at + 1], conditionsOf(search.filter, search.me))
    const how = await settle(search, rows, until - performance.now())
    if (how !== 'end') return how === 'full'
  }
  return true
}

/** The same among those the index names: few enough to put in order at once, whatever the order is. */
async function lookUp(search: Search, ids: string[]): Promise<boolean> {
  const { workspaceId, plan, filter, me, order } = search
  await prepareWalk(search.tx, 1)
  const conditions = [isCandidate(workspaceId, plan.term, ids), ...conditionsOf(filter, me)]
  const span: [number, number] = [search.after?.run ?? 0, order.runs.length]
  const left = () => search.until - performance.now()
  if (span[1] - span[0] === 1)
    return (await settle(search, rowsOf(search, 'conversation', span, conditions), left())) !== 'time'
  // Each run would look all of them up again.
  const rows = sql`with candidate as materialized (
    select c.* from conversation c where c.workspace_id = ${workspaceId} and ${matches(conditions)}) ${rowsOf(search, 'candidate', span, [])}`
  return (await settle(search, rows, left())) !== 'time'
}

async function settle(search: Search, rows: RawBuilder<unknown>, budgetMs: number): Promise<'full' | 'end' | 'time'> {
  const { tx, hits, limit } = search
  await openWalk(tx, rows)
  const walked = await walk(tx, limit + 1 - hits.length, budgetMs)
  await closeWalk(tx)
  hits.push(...walked.hits)
  if (walked.how === 'time') search.after = await positionOf(search, walked.last!)
  return walked.how
}

/** Rows of some runs in order after the search's position, each with whether it matches. */
function rowsOf(
  search: Search,
  table: 'conversation' | 'candidate',
  [from, to]: [number, number],
  conditions: Condition[],
): RawBuilder<unknown> {
  const { workspaceId, order, plan } = search
  const width = order.runs[from]!.branches[0]!.keys.length
  const direction = order.descending ? 'desc' : 'asc'
  const keys = Array.from({ length: width }, (_, i) => `k${i} ${direction}`).join(', ')
  const branches = order.runs.slice(from, to).flatMap((run, i) =>
    run.branches.map((branch) => {
      const all = [sql<boolean>`c.workspace_id = ${workspaceId}` as Condition, ...conditions]
      if (branch.where) all.push(branch.where)
      if (search.after?.run === from + i) all.push(rowsAfter(branch, { ...order, after: search.after }))
      const selected = sql.raw(branch.keys.map((key, k) => `${key.sql} as k${k}`).join(', '))
      const by = sql.raw(branch.keys.map((key) => `${key.sql} ${direction}`).join(', '))
      return sql`(select ${sql.lit(from + i)} as run, c.id, c.agent_id, c.needs_index, ${selected} from ${sql.raw(table)} c where ${matches(all)} order by ${by})`
    }),
  )
  // `offset 0` keeps the settling out of the sort: only rows that are walked are compared.
  return sql`select p.id, p.run, ${isMatch(workspaceId, plan.term, 'p')} as hit
    from (select * from (${sql.join(branches, sql` union all `)}) u order by ${sql.raw(`${to - from > 1 ? 'run, ' : ''}${keys}`)} offset 0) p`
}

async function positionOf(search: Search, { id, run }: { id: string; run: number }): Promise<Order['after']> {
  const branches = search.order.runs[run]!.branches.map(({ where, keys }) => {
    const all = [
      sql<boolean>`c.workspace_id = ${search.workspaceId}` as Condition,
      sql<boolean>`c.id = ${id}::uuid` as Condition,
    ]
    if (where) all.push(where)
    return sql`select array[${sql.raw(keys.map((key) => `${key.sql}::text`).join(', '))}] as keys from conversation c where ${matches(all)}`
  })
  const { rows } = await sql<{ keys: string[] }>`${sql.join(branches, sql` union all `)}`.execute(search.tx)
  return rows[0] ? { run, values: rows[0].keys } : search.after
}

async function placeOf(search: Search, hit: { id: string; run: number }): Promise<Hits['next']> {
  const place = await positionOf(search, hit)
  return place && { run: runName(search.order.runs, place.run), keys: place.values }
}

const nameOf = ({ order, after }: Search): Hits['next'] =>
  after ? { run: runName(order.runs, after.run), keys: after.values } : null

const runName = (runs: Run[], at: number): string => runs[at]!.name
