/** HTTP edge of jobs. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { getJob, listJobs } from './access.ts'
import { cancelJob } from './cancel.ts'
import { undoJob } from './undo.ts'

export function jobRoutes(bind: Bind): void {
  bind(api.listJobs, (ctx, { query }) => listJobs(ctx, query))
  bind(api.getJob, (ctx, { params }) => getJob(ctx, params.id))
  bind(api.cancelJob, (ctx, { params }) => cancelJob(ctx, params.id))
  bind(api.undoJob, (ctx, { params }) => undoJob(ctx, params.id))
}
