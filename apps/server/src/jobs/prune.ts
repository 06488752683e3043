/** Prune jobs that are long over; what they recorded for undo goes with them. */
import type { Services } from '../platform/context.ts'
import { pruneJobRows } from './queries.ts'

export const pruneJobs = (services: Services): Promise<void> => pruneJobRows(services.db, '30 days')
