/** What the queue needs beyond the database: its clock, so that tests need not wait. */
import { readNow } from '../hours/index.ts'
import type { Tx } from '../platform/db.ts'

export interface QueueServices {
  /** Database time, unless a test says otherwise. */
  now(tx: Tx): Promise<Date>
}

declare module '../platform/context.ts' {
  interface Services {
    queue: QueueServices
  }
}

export const openQueue = (): QueueServices => ({ now: readNow })
