/** Pages of the team's lists: ordered by id, so the cursor is the last id. */
import { Id } from '@earshot/contracts'
import { AppError } from '../platform/errors.ts'

export interface Page<T> {
  items: T[]
  nextCursor: string | null
}

export function readIdCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined || Id.safeParse(cursor).success) return cursor
  throw new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'not a cursor of this list' }] })
}

/** `rows` were read with one more than the limit, which tells whether there is a next page. */
export function pageOf<R extends { id: string }, T>(rows: R[], limit: number, view: (row: R) => T): Page<T> {
  const shown = rows.slice(0, limit)
  return { items: shown.map(view), nextCursor: rows.length > limit ? shown.at(-1)!.id : null }
}
