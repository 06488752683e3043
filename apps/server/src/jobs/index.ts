/** The door of jobs: describe a kind, enqueue one, run them. */
export { accessJob, readJobs } from './access.ts'
export { enqueueJob } from './enqueue.ts'
export { type JobData, type JobKind, type JobKinds, type JobRun, jobKinds, type StepProgress } from './kinds.ts'
export { pruneJobs } from './prune.ts'
export type { JobRow } from './queries.ts'
export { jobRoutes } from './routes.ts'
export { Runner as JobRunner } from './runner.ts'
