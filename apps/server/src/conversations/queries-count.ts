/**
 * Exact counts (ADR 0022). A filter of what the cubes hold is the sum of a few hundred cells; a "not" of something rare is all the rest;
 * whatever else is counted row by row, which takes as long as there are rows to look at.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tx } from '../platform/db.ts'
import { conditionsOf, type Filter, matches } from './queries-filter.ts'
import { isHit } from './search/queries-search.ts'

/** The columns that each field of a filter looks at; a field that is not here is in no cube. */
const LOOKS_AT: Partial<Record<keyof Filter, string[]>> = {
  ...bothWays('status', ['status']),
  ...bothWays('control', ['control']),
  ...bothWays('handoff', ['handoff_state']),
  ...bothWays('outcome', ['outcome']),
  ...bothWays('stage', ['stage_key']),
  ...bothWays('channel', ['channel_kind']),
  ...bothWays('agentId', ['agent_id']),
  ...bothWays('assigneeId', ['assignee_id']),
  ...bothWays('tone', ['tone']),
  minRating: ['rating'],
  maxRating: ['rating'],
  rated: ['rating'],
  reviewed: ['reviewed_at'],
  flagged: ['flag_count'],
}
function bothWays<K extends string>(name: K, columns: string[]): Record<K | `${K}Not`, string[]> {
  return { [name]: columns, [`${name}Not`]: columns } as Record<K | `${K}Not`, string[]>
}

const VIEWS: Partial<Record<NonNullable<Filter['view']>, string[]>> = {
  all: [],
  open: ['status', 'control'],
  closed: ['status'],
  transferred: ['handoff_state', 'outcome'],
  needs_human: ['handoff_state'],
  reviewed: ['reviewed_at'],
  mine: ['status', 'assignee_id'],
}

/** What each cube holds, smallest first (migration 2110). */
const CUBES: { cube: number; holds: string[] }[] = [
  { cube: 1, holds: ['status', 'control', 'handoff_state', 'outcome', 'assignee_id', 'reviewed_at'] },
  { cube: 2, holds: ['status', 'outcome', 'stage_key', 'channel_kind'] },
  { cube: 4, holds: ['status', 'reviewed_at', 'stage_key', 'rating', 'tone', 'flag_count'] },
  { cube: 3, holds: ['status', 'outcome', 'channel_kind', 'agent_id'] },
]

/** Fields that ask for what nearly all have: all, less those that have the other. */
const LEFT_OUT: [keyof Filter, (filter: Filter) => Filter][] = [
  ['unread', (filter) => ({ ...filter, unread: true })],
  ['hasAudio', (filter) => ({ ...filter, hasAudio: true })],
  ['snoozed', (filter) => ({ ...filter, snoozed: true })],
]

export async function countFiltered(tx: Tx, workspaceId: string, filter: Filter, me: string | null): Promise<number> {
  const { rows } = await sql<{ n: number }>`select (${countOf(workspaceId, filter, me)})::bigint as n`.execute(tx)
  return rows[0]!.n
}

/** One expression, so that all its parts see the same moment. */
function countOf(workspaceId: string, filter: Filter, me: string | null): RawBuilder<number> {
  for (const [field, having] of LEFT_OUT) {
    if (filter[field] !== false) continue
    const rest: Filter = { ...filter, [field]: undefined }
    return sql`(${countOf(workspaceId, rest, me)} - ${countOf(workspaceId, having(rest), me)})`
  }
  const cube = cubeFor(filter)
  const conditions = conditionsOf(filter, me)
  if (cube !== null)
    return sql`(select coalesce(sum(c.n), 0) from conversation_cell c where c.workspace_id = ${workspaceId} and c.cube = ${sql.lit(cube)} and ${matches(conditions)})`
  const tag = onlyTagOf(filter)
  if (tag !== null)
    return sql`(select coalesce(sum(d.n), 0) from tag_delta d where d.workspace_id = ${workspaceId} and d.tag = ${tag})`
  if (filter.q) conditions.push(isHit(filter.q))
  return sql`(select count(*) from conversation c where c.workspace_id = ${workspaceId} and ${matches(conditions)})`
}

/** The one tag that is all the filter asks for: how many have it is kept. Of two tags it is not known how many have both. */
function onlyTagOf(filter: Filter): string | null {
  return filter.tag?.length === 1 && fieldsOf(filter).length === 1 ? filter.tag[0]! : null
}

/** The smallest cube that holds all the filter looks at. */
function cubeFor(filter: Filter): number | null {
  const fields = fieldsOf(filter)
  return CUBES.find(({ holds }) => fields.every((field) => isHeld(field, filter, holds)))?.cube ?? null
}

const fieldsOf = (filter: Filter) =>
  (Object.keys(filter) as (keyof Filter)[]).filter((field) => filter[field] !== undefined)

function isHeld(field: keyof Filter, filter: Filter, holds: string[]): boolean {
  const columns = field === 'view' ? VIEWS[filter.view!] : LOOKS_AT[field]
  return columns?.every((column) => holds.includes(column)) ?? false
}

/** What the filter finds at most: of the cubes that tell most the sum of the cells, under those fields that each holds. */
export function coveredBy(workspaceId: string, filter: Filter, me: string | null): RawBuilder<number>[] {
  const fields = fieldsOf(filter)
  const held = CUBES.map(({ holds }) => fields.filter((field) => isHeld(field, filter, holds)))
  const telling = held.filter(
    (mine, i) =>
      mine.length > 0 &&
      !held.some((other, j) => mine.every((f) => other.includes(f)) && (other.length > mine.length || j < i)),
  )
  return telling.map((mine) => countOf(workspaceId, Object.fromEntries(mine.map((f) => [f, filter[f]])), me))
}
/** Merges what was added to the cells since. */
export const foldCells = async (db: Db): Promise<void> => {
  await sql`select fold_cells()`.execute(db)
}
