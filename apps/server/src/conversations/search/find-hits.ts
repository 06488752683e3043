/**
 * A page of a search, in any order of the list and with all of its filters (ADR 0020).
 *
 * Two ways to it, each exact because every conversation is settled by comparing its text: walking the list in its order, which
 * fills a page at once when the term is common, and looking up in the index which conversations can have it, when it is rare. The
 * walk goes first for a moment unless the term is known to be rare. Past the budget the page is partial and says where to go on.
 */
import type { Tx } from '../../platform/db.ts'
import type { Filter } from '../queries-filter.ts'
import type { Order } from '../queries-order.ts'
import { candidatesOf, planSearch } from './plan-search.ts'
import { closeWalk, countWalk, type Term, walk } from './queries-search.ts'
import { findPosition, openAll, openCandidates, openRun, type Scope } from './queries-walk.ts'

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

interface Search {
  tx: Tx
  scope: Scope
  hits: { id: string; run: number }[]
  wanted: number
  /** Everything up to here is settled. */
  after: Order['after']
}

/** In a transaction that holds one moment (`holdMoment`). */
export async function findHits(tx: Tx, page: SearchPage): Promise<Hits> {
  const plan = await planSearch(tx, page.workspaceId, page.filter.q ?? '')
  const { term } = plan
  if (term.term === '') return { term, ids: [], next: null, partial: false }
  const until = performance.now() + (page.budgetMs ?? BUDGET_MS)
  const search: Search = { tx, scope: { ...page, term }, hits: [], wanted: page.limit + 1, after: page.order.after }
  let done = !plan.rare && (await walkOn(search, performance.now() + FIRST_WALK_MS))
  if (!done) {
    const ids = await candidatesOf(tx, page.workspaceId, plan, MOST_CANDIDATES)
    done = ids ? await lookUp(search, ids, until) : await walkOn(search, until)
  }
  const ids = search.hits.slice(0, page.limit).map(({ id }) => id)
  const next = await nextOf(search, done)
  return { term, ids, next, partial: !done }
}

/** How many conversations of the filter match, and whether all were looked at in time; holds one moment too. */
export async function countHits(
  tx: Tx,
  { workspaceId, me, filter }: Pick<SearchPage, 'workspaceId' | 'me' | 'filter'>,
): Promise<{ n: number; complete: boolean }> {
  const plan = await planSearch(tx, workspaceId, filter.q ?? '')
  if (plan.term.term === '') return { n: 0, complete: true }
  const ids = await candidatesOf(tx, workspaceId, plan, MOST_CANDIDATES)
  await openAll(tx, { workspaceId, me, filter, term: plan.term }, ids)
  const counted = await countWalk(tx, COUNT_BUDGET_MS)
  await closeWalk(tx)
  return counted
}

/** Walks run after run from where the search stands. True when the page is full or the list at its end. */
async function walkOn(search: Search, until: number): Promise<boolean> {
  const { tx, scope } = search
  for (let run = search.after?.run ?? 0; run < scope.order.runs.length; run++) {
    await openRun(tx, scope, run, search.after)
    const how = await settle(search, until)
    if (how !== 'end') return how === 'full'
  }
  return true
}

/** The same among those the index names, and those it cannot know. */
async function lookUp(search: Search, ids: string[], until: number): Promise<boolean> {
  await openCandidates(search.tx, search.scope, ids, search.after)
  return (await settle(search, until)) !== 'time'
}

async function settle(search: Search, until: number): Promise<'full' | 'end' | 'time'> {
  const { tx, scope, hits, wanted } = search
  const walked = await walk(tx, wanted - hits.length, until - performance.now())
  await closeWalk(tx)
  hits.push(...walked.hits)
  if (walked.how === 'time' && walked.last) search.after = await findPosition(tx, scope, walked.last)
  return walked.how
}

async function nextOf({ tx, scope, hits, wanted, after }: Search, done: boolean): Promise<Hits['next']> {
  const isMore = hits.length >= wanted
  const place = isMore ? await findPosition(tx, scope, hits[wanted - 2]!) : done ? null : after
  return place && { run: scope.order.runs[place.run]!.name, keys: place.values }
}
