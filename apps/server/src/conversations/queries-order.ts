/**
 * The orders of the list and their cursors. An order is a sequence of runs, one after the other (ADR 0021); within a run all keys
 * go one way and end in the id, so that pages neither repeat nor skip, and each run is read from an index.
 */
import type { Sort } from '@earshot/contracts'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { AppError } from '../platform/errors.ts'
import type { Condition, Filter } from './queries-filter.ts'

interface Key {
  sql: string
  cast: 'timestamptz' | 'smallint' | 'int' | 'interval' | 'uuid'
  /** The same in all rows of the branch: there so that all runs have as many keys. */
  same?: true
}

/** Rows that one index holds in order. The branches of a run are merged; they differ in where their keys stand. */
interface Branch {
  where: Condition | null
  keys: Key[]
}

export interface Run {
  /** Names the run in a cursor. */
  name: string
  branches: Branch[]
}

export interface Order {
  runs: Run[]
  descending: boolean
  /** Newest activity first, or the other way: the order that every filter has an index for. */
  byActivity: boolean
  /** The cursor: the run it stands in, and the keys of the last row shown. */
  after: { run: number; values: string[] } | null
}

const ID: Key = { sql: 'c.id', cast: 'uuid' }
const NOTHING: Key = { sql: '0::smallint', cast: 'smallint', same: true }
// activity_min is the indexed stand-in of last_message_at (ten-minute steps), so it leads and the exact time follows.
const ACTIVITY: Key[] = [
  { sql: 'c.activity_min', cast: 'timestamptz' },
  { sql: 'c.last_message_at', cast: 'timestamptz' },
  ID,
]
const STATUSES = ['active', 'closed', 'archived'] as const

/** `agents` in the order of their names; only the order by agent needs them. */
export function orderOf(sort: Sort, cursor: string | undefined, filter: Filter, agents: string[]): Order {
  const upside = sort.startsWith('-')
  const by = sort.replace('-', '')
  const runs = runsOf(by, filter, agents)
  // Groups turn around as wholes: within one agent or status the newest always comes first, and what has no value always comes last.
  const isGrouped = by === 'agent' || by === 'status'
  if (isGrouped && upside) runs.reverse()
  return { runs, descending: isGrouped || upside, byActivity: by === 'lastMessageAt', after: readCursor(cursor, runs) }
}

function runsOf(by: string, filter: Filter, agents: string[]): Run[] {
  switch (by) {
    case 'startedAt':
      return [run('all', { where: null, keys: [{ sql: 'c.started_at', cast: 'timestamptz' }, ID] })]
    case 'messages':
      return settled({ sql: 'c.settled_messages', cast: 'int' }, { sql: 'c.message_count', cast: 'int' })
    case 'duration':
      return settled(
        { sql: 'c.settled_duration', cast: 'interval' },
        { sql: '(c.last_message_at - c.started_at)', cast: 'interval' },
      )
    case 'rating':
    case 'quality': {
      const column = sql.raw(`c.${by}`)
      return [
        run('some', { where: sql`${column} is not null`, keys: [{ sql: `c.${by}`, cast: 'smallint' }, ID] }),
        run('none', { where: sql`${column} is null`, keys: [NOTHING, ID] }),
      ]
    }
    case 'status':
      return STATUSES.filter((status) => filter.status?.includes(status) ?? true).map((status) =>
        run(status, { where: sql`c.status = ${status}`, keys: ACTIVITY }),
      )
    case 'agent':
      return [
        ...agents.map((id) => run(id, { where: sql`c.agent_id = ${id}::uuid`, keys: ACTIVITY })),
        run('none', { where: sql`c.agent_id is null`, keys: ACTIVITY }),
      ]
    default:
      return [run('all', ...byActivity(filter))]
  }
}

const run = (name: string, ...branches: Branch[]): Run => ({ name, branches })

/** Conversations that receive messages have their count in no index: they are few, and sorted beside the others. */
const settled = (copy: Key, live: Key): Run[] => [
  run(
    'all',
    { where: sql`c.settled_messages is not null`, keys: [copy, ID] },
    { where: sql`c.settled_messages is null`, keys: [live, ID] },
  ),
]

/** Newest activity among those that started before a day: what lasted less than a day was active until the day after, and so on. */
function byActivity(filter: Filter): Branch[] {
  const { to } = filter
  if (!to) return [{ where: null, keys: ACTIVITY }]
  const bounded = (span: number, longest: string): Branch => ({
    where: sql`(c.span = ${sql.lit(span)} and c.activity_min < ${to}::timestamptz + ${longest}::interval)`,
    keys: ACTIVITY,
  })
  return [bounded(0, '1 day'), bounded(1, '32 days'), { where: sql`c.span = 2`, keys: ACTIVITY }]
}

/** The keys that tell rows of a branch apart. */
export const telling = (keys: Key[]): Key[] => keys.filter((key) => !key.same)

/** Rows of a branch that come after the cursor. */
export function rowsAfter({ keys }: Branch, { after, descending }: Order): RawBuilder<SqlBool> {
  const values = keys.flatMap((key, i) => (key.same ? [] : [sql`${after!.values[i]}::${sql.raw(key.cast)}`]))
  const columns = telling(keys).map((key) => key.sql)
  return sql`(${sql.raw(columns.join(', '))}) ${sql.raw(descending ? '<' : '>')} (${sql.join(values)})`
}

export const writeCursor = (run: string, keys: string[]): string =>
  Buffer.from(JSON.stringify([run, ...keys])).toString('base64url')

function readCursor(cursor: string | undefined, runs: Run[]): Order['after'] {
  if (cursor === undefined) return null
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(read) && read.every((part) => typeof part === 'string')) {
      const [name, ...values] = read as string[]
      const at = runs.findIndex((one) => one.name === name)
      if (at >= 0 && runs[at]!.branches[0]!.keys.length === values.length) return { run: at, values }
    }
  } catch {
    // falls through to the refusal
  }
  throw noCursor()
}

const noCursor = () =>
  new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'not a cursor of this list' }] })

/** A cursor of the right shape may still name no moment or number: PostgreSQL says so when it reads it (class 22). */
export function refuseForged(cursor: string | undefined, error: unknown): never {
  const { code } = (error ?? {}) as { code?: string }
  if (cursor !== undefined && code?.startsWith('22')) throw noCursor()
  throw error
}
