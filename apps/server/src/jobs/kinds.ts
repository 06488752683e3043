/** Kinds of jobs: what each does in one step. Later slices describe theirs; the composition puts them together. */
import type { JsonValue } from '@earshot/contracts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'

export type JobData = Record<string, JsonValue>

/** What a step stores of how far it has come. `done` is added; the rest replaces what stood there. */
export interface StepProgress {
  done?: number
  total?: number
  progress?: JobData
  result?: JobData
}

/** A job while this node runs it. */
export interface JobRun {
  id: string
  /** Acts as whoever asked for the job. */
  ctx: Context
  params: JobData
  /** Where the next step begins: what the last one saved. */
  progress: JobData
  result: JobData
  done: number
  total: number | null
  /**
   * Stores progress in the transaction of the step's effects, so that both happen once or not at all. Throws when the job is no longer
   * this node's: the transaction must then roll back. Call it once for each transaction, last.
   */
  save(tx: Tx, step: StepProgress): Promise<void>
}

export interface JobKind {
  kind: string
  /**
   * Does the next piece, in well under a second, and says whether that was the last. It runs again from the saved progress after a
   * crash: what is not in the transaction of `save` (a file being written) must bear repeating.
   */
  step(run: JobRun): Promise<'more' | 'finished'>
  /** The kind that undoes this one; its params are `{ jobId }`. */
  undoneBy?: string
  /** After it failed or was cancelled: what it leaves behind outside the database. Must bear repeating. */
  abandon?(run: JobRun): Promise<void>
}

/** What a node can run, by name. */
export type JobKinds = ReadonlyMap<string, JobKind>

export function jobKinds(...kinds: JobKind[]): JobKinds {
  return new Map(kinds.map((kind) => [kind.kind, kind]))
}

declare module '../platform/context.ts' {
  interface Services {
    jobKinds: JobKinds
  }
}
