/** Jobs: work on much at once, done in steps by the server while people go on; with progress, cancel and undo. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, IdParams, Json, PageQuery, page, UtcTime } from './text.ts'

export const JobState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled'])
export type JobState = z.infer<typeof JobState>

export const Job = z
  .object({
    id: Id,
    kind: z.string(),
    about: z.record(z.string(), Json).meta({ description: 'What it does, for people to read: depends on the kind.' }),
    state: JobState,
    done: z.int().nonnegative(),
    total: z.int().nonnegative().nullable().meta({ description: 'Null until it is known.' }),
    result: z.record(z.string(), Json),
    error: z.string().nullable(),
    cancelling: z.boolean().meta({ description: 'Cancel was asked; it stops after the step it is in.' }),
    undoable: z.boolean(),
    undoes: Id.nullable(),
    undoneBy: Id.nullable(),
    createdBy: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
    createdAt: UtcTime,
    startedAt: UtcTime.nullable(),
    finishedAt: UtcTime.nullable(),
  })
  .meta({ id: 'Job' })
export type Job = z.infer<typeof Job>

const read = { role: 'viewer', scope: 'conversations:read' } as const
const write = { role: 'operator', scope: 'conversations:write' } as const

export const listJobs = endpoint({
  id: 'jobs.list',
  method: 'GET',
  path: '/api/v1/jobs',
  summary: 'List jobs, newest first',
  access: read,
  query: z.strictObject({ state: JobState.optional(), kind: z.string().max(64).optional(), ...PageQuery }),
  reply: page(Job),
})
export const getJob = endpoint({
  id: 'jobs.get',
  method: 'GET',
  path: '/api/v1/jobs/:id',
  summary: 'Read a job and how far it has come',
  access: read,
  params: IdParams,
  reply: Job,
  errors: ['job.not_found'],
})
export const cancelJob = endpoint({
  id: 'jobs.cancel',
  method: 'POST',
  path: '/api/v1/jobs/:id/cancel',
  summary: 'Stop a job after the step it is in; what is done stays. One’s own, or any as a supervisor',
  access: write,
  params: IdParams,
  reply: Job,
  errors: ['job.not_found', 'job.over'],
  repeatsSafely: true,
})
export const undoJob = endpoint({
  id: 'jobs.undo',
  method: 'POST',
  path: '/api/v1/jobs/:id/undo',
  summary: 'Start the job that restores what this one changed, except what was changed again since',
  access: write,
  params: IdParams,
  reply: Job,
  status: 202,
  errors: ['job.not_found', 'job.not_undoable', 'job.running'],
  repeatsSafely: true,
})
