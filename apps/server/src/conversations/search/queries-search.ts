/** SQL of a search: what a term means, which conversations may match, and the walk that settles each of them. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'

export interface Term {
  /** Folded: what is compared. Empty when nothing of it can be found. */
  term: string
  pattern: string
  /** Its digits, when it looks like a phone number. */
  phone: string | null
  /** Agents whose name matches. */
  agents: string[]
}

export interface WordUse {
  hash: number
  uses: number
}

/**
 * One moment for all statements of a search, as the first of its transaction: what the indexer stores between two of them would
 * otherwise be neither among the candidates of the first nor among the unindexed of the second.
 */
export async function holdMoment(tx: Tx): Promise<void> {
  await sql`set transaction isolation level repeatable read`.execute(tx)
}

export async function readTerm(tx: Tx, workspaceId: string, q: string): Promise<Term> {
  const { rows } =
    await sql<Term>`select term, pattern, phone, agents::text[] from read_term(${workspaceId}, ${q})`.execute(tx)
  return rows[0]!
}

export async function findWords(
  tx: Tx,
  workspaceId: string,
  { letters, like, limit }: { letters: number[]; like: string; limit: number },
): Promise<WordUse[]> {
  const { rows } =
    await sql<WordUse>`select hash, uses from find_words(${workspaceId}, ${letters}::int[], ${like}, ${limit})`.execute(
      tx,
    )
  return rows
}

export async function findWholeWords(tx: Tx, workspaceId: string, words: string[]): Promise<WordUse[]> {
  const { rows } =
    await sql<WordUse>`select hash, uses from find_whole_words(${workspaceId}, ${words}::text[])`.execute(tx)
  return rows
}

export async function findCandidates(
  tx: Tx,
  workspaceId: string,
  { all, any, any2, limit }: { all: number[] | null; any: number[] | null; any2: number[] | null; limit: number },
): Promise<string[] | null> {
  const { rows } = await sql<{ ids: string[] | null }>`
    select find_candidates(${workspaceId}, ${all}::int[], ${any}::int[], ${any2}::int[], ${limit})::text[] as ids`.execute(
    tx,
  )
  return rows[0]!.ids
}

/**
 * Whether `c` matches: exact, whatever the index holds. `c` is a row with id, agent_id and needs_index. `offset 0` keeps each look-up
 * one by key: the planner would rather read a table whole.
 */
export const isMatch = (workspaceId: string, { pattern, phone, agents }: Term, c: string): RawBuilder<SqlBool> => {
  const row = sql.raw(c)
  const digits = phone && `%${phone}%`
  return sql`(exists (
      select from search_document d where d.workspace_id = ${workspaceId} and d.conversation_id = ${row}.id
         and (d.part > 0 or not ${row}.needs_index) and (d.body like ${pattern} or d.phone like ${digits}) offset 0)
    or (${row}.needs_index and (exists (
      select from entry e where e.workspace_id = ${workspaceId} and e.conversation_id = ${row}.id and e.position > coalesce((
           select d.to_position from search_document d where d.workspace_id = ${workspaceId} and d.conversation_id = ${row}.id order by d.part desc limit 1), 0)
         and e.kind in ('message', 'note') and fold(e.text) like ${pattern} offset 0)
      or exists (
      select from conversation y join contact t on t.workspace_id = y.workspace_id and t.id = y.contact_id
       where y.workspace_id = ${workspaceId} and y.id = ${row}.id
         and (search_header(y.session_id, y.title, t.name, t.email, t.phone) like ${pattern} or digits(t.phone) like ${digits}) offset 0)))
    or ${row}.agent_id = any (${agents}::uuid[]))`
}

/** The same in one condition on `c` that needs no preparing: for what goes through all of a selection. */
export const isHit = (q: string): RawBuilder<SqlBool> => sql`is_search_hit(c.workspace_id, c.id, ${q})`

/** Narrows to what the index names, and what it cannot know: conversations it is behind with, and those of agents of that name. */
export const isCandidate = (
  workspaceId: string,
  { agents }: Term,
  ids: string[],
): RawBuilder<SqlBool> => sql`c.id = any (array(
    select x from unnest(${ids}::uuid[]) x
    union select n.id from conversation n where n.workspace_id = ${workspaceId} and n.needs_index
    union select o.id from conversation o where o.workspace_id = ${workspaceId} and o.agent_id = any (${agents}::uuid[])))`

/** The planner is told what it cannot know: a page is wanted soon, and reading a table whole is never soon. */
export async function prepareWalk(tx: Tx, share: number): Promise<void> {
  await sql`select set_config('cursor_tuple_fraction', ${String(share)}, true), set_config('enable_seqscan', 'off', true),
    set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true),
    set_config('max_parallel_workers_per_gather', '0', true)`.execute(tx)
}

export async function openWalk(tx: Tx, rows: RawBuilder<unknown>): Promise<void> {
  await sql`declare search_walk no scroll cursor for ${rows}`.execute(tx)
}

export async function closeWalk(tx: Tx): Promise<void> {
  await sql`close search_walk`.execute(tx)
}

export interface Walked {
  hits: { id: string; run: number }[]
  how: 'full' | 'end' | 'time'
  /** The last row looked at. */
  last: { id: string; run: number } | null
}

export async function walk(tx: Tx, wanted: number, budgetMs: number): Promise<Walked> {
  const { rows } = await sql<{ id: string | null; run: number; how: 'hit' | Walked['how'] }>`
    select id, run, how from walk_search('search_walk', ${wanted}, ${Math.max(0, budgetMs)}::double precision)`.execute(
    tx,
  )
  const end = rows.pop()!
  return {
    hits: rows.map(({ id, run }) => ({ id: id!, run })),
    how: end.how === 'hit' ? 'end' : end.how,
    last: end.id === null ? null : { id: end.id, run: end.run },
  }
}

export async function countWalk(tx: Tx, budgetMs: number): Promise<{ n: number; complete: boolean }> {
  const { rows } = await sql<{ n: number; complete: boolean }>`
    select n, complete from count_search('search_walk', ${budgetMs}::double precision)`.execute(tx)
  return rows[0]!
}

export interface Place {
  id: string
  position: number | null
  field:
    | 'message'
    | 'note'
    | 'title'
    | 'contactName'
    | 'contactEmail'
    | 'contactPhone'
    | 'sessionId'
    | 'agentName'
    | null
  value: string | null
}

/** Where each matches, newest first within it. */
export async function findPlaces(tx: Tx, workspaceId: string, ids: string[], term: Term): Promise<Map<string, Place>> {
  const { rows } = await sql<Place>`
    select id, position, field, value from find_places(${workspaceId}, ${ids}::uuid[], ${term.pattern}, ${term.phone && `%${term.phone}%`})`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Every message and note of one conversation that holds the term, the newest first. */
export async function findMatches(
  tx: Tx,
  workspaceId: string,
  id: string,
  wanted: MatchWish,
  limit: number,
): Promise<{ position: number; kind: 'message' | 'note'; text: string; total: number }[]> {
  const { rows } = await sql<{ position: number; kind: 'message' | 'note'; text: string; total: number }>`
    select e.position, e.kind, e.text, count(*) over () as total from entry e
     where e.workspace_id = ${workspaceId} and e.conversation_id = ${id} and e.kind in ('message', 'note')
       and fold(e.text) like ${wanted.pattern} and ${isOf(wanted)} and ${isExactly(wanted)}
     order by e.position desc limit ${limit}`.execute(tx)
  return rows
}

export interface MatchWish extends Pick<Term, 'term' | 'pattern'> {
  /** As it was typed. */
  q: string
  of?: readonly ('contact' | 'team' | 'note')[] | undefined
  exact?: readonly ('case' | 'word')[] | undefined
}

function isOf({ of }: MatchWish) {
  if (!of) return sql`true`
  const voices = {
    contact: sql`e.kind = 'message' and e.author_kind = 'contact'`,
    team: sql`e.kind = 'message' and e.author_kind <> 'contact'`,
    note: sql`e.kind = 'note'`,
  }
  return sql`(${sql.join(
    of.map((voice) => voices[voice]),
    sql` or `,
  )})`
}

/** A word ends where neither letter nor digit follows; with capitals counted, so are accents. */
function isExactly({ q, term, exact = [] }: MatchWish) {
  const hasCase = exact.includes('case')
  if (!exact.includes('word')) return hasCase ? sql`strpos(e.text, ${q}) > 0` : sql`true`
  const escaped = (hasCase ? q : term).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const whole = `(^|[^[:alnum:]_])${escaped}($|[^[:alnum:]_])`
  return hasCase ? sql`e.text ~ ${whole}` : sql`fold(e.text) ~ ${whole}`
}
