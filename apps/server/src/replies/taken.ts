/** A name or a key that another row has already: the database says so, and callers are told by a code. */
import type { ErrorCode } from '@earshot/contracts'
import { isUniqueViolation } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'

const KEPT = ['canned_reply_shared', 'canned_reply_own', 'macro_shared', 'macro_own']

export async function onTaken<T>(code: ErrorCode, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (KEPT.some((name) => isUniqueViolation(error, name))) throw new AppError(code, {}, { cause: error })
    throw error
  }
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** What was given, without what was left out. */
export const withoutUndefined = <T extends object>(given: T): Present<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Present<T>
