/** The orders of the list and their cursors: every order ends in the id, so that pages neither repeat nor skip. */
import type { Sort } from '@earshot/contracts'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { AppError } from '../platform/errors.ts'

/** Columns of each order; `time` marks those that travel as text of full precision. */
const ORDERS: Record<string, { sql: string; cast: string }[]> = {
  // activity_min is the indexed stand-in of last_message_at (ten-minute steps), so it leads and the exact time follows.
  lastMessageAt: [
    { sql: 'c.activity_min', cast: 'timestamptz' },
    { sql: 'c.last_message_at', cast: 'timestamptz' },
  ],
  startedAt: [{ sql: 'c.started_at', cast: 'timestamptz' }],
  agent: [{ sql: "coalesce(a.name, '')", cast: 'text' }],
  status: [{ sql: 'c.status', cast: 'text' }],
  messages: [{ sql: 'c.message_count', cast: 'int' }],
  rating: [{ sql: 'coalesce(c.rating, 0)', cast: 'int' }],
  quality: [{ sql: 'coalesce(c.quality, -1)', cast: 'int' }],
  duration: [{ sql: '(c.last_message_at - c.started_at)', cast: 'interval' }],
}
const ID = { sql: 'c.id', cast: 'uuid' }

export interface Order {
  by: RawBuilder<unknown>
  /** The values of a row that its cursor needs, as text. */
  keys: RawBuilder<string[]>
  /** Rows after the cursor. */
  after: RawBuilder<SqlBool> | null
}

export function orderOf(sort: Sort, cursor: string | undefined): Order {
  const descending = sort.startsWith('-')
  const columns = [...ORDERS[sort.replace('-', '')]!, ID]
  const direction = descending ? 'desc' : 'asc'
  const values = readCursor(cursor, columns.length)
  const left = sql.raw(`(${columns.map((c) => c.sql).join(', ')})`)
  return {
    by: sql.raw(columns.map((c) => `${c.sql} ${direction}`).join(', ')),
    keys: sql<string[]>`array[${sql.raw(columns.map((c) => `${c.sql}::text`).join(', '))}]`,
    after:
      values &&
      sql<SqlBool>`${left} ${sql.raw(descending ? '<' : '>')} (${sql.join(values.map((v, i) => sql`${v}::${sql.raw(columns[i]!.cast)}`))})`,
  }
}

export const writeCursor = (keys: string[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url')

function readCursor(cursor: string | undefined, length: number): string[] | null {
  if (cursor === undefined) return null
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(values) && values.length === length && values.every((v) => typeof v === 'string'))
      return values as string[]
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
