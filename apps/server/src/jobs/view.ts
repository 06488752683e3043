/** Job rows as the contract shows them. Parameters and the place of the next step stay inside. */
import type { Job } from '@earshot/contracts'
import type { JobKinds } from './kinds.ts'
import type { JobRow } from './queries.ts'

export function viewJob(row: JobRow, kinds: JobKinds): Job {
  const by = row.createdBy as { kind: string; id: string | null; name: string | null }
  const isOver = row.state === 'done' || row.state === 'cancelled' || row.state === 'failed'
  return {
    id: row.id,
    kind: row.kind,
    about: row.about,
    state: row.state,
    done: row.done,
    total: row.total,
    result: row.result,
    error: row.error,
    cancelling: row.cancelAsked && !isOver,
    undoable: kinds.get(row.kind)?.undoneBy !== undefined && row.undoneBy === null && isOver && row.done > 0,
    undoes: row.undoes,
    undoneBy: row.undoneBy,
    createdBy: { kind: by.kind, id: by.id, name: by.name },
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}
