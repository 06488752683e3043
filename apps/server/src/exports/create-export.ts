/** Ask for an export: its row and its job, in one transaction; and read what became of it. */
import { randomUUID } from 'node:crypto'
import {
  type ConversationSelection,
  type Export,
  ExportColumn,
  type ExportFormat,
  Id,
  type JsonValue,
} from '@earshot/contracts'
import { countSelection } from '../conversations/index.ts'
import { enqueueJob } from '../jobs/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { writeAudit } from '../team/index.ts'
import { EXPORT_JOB } from './export-job.ts'
import { type ExportRow, findExport, findExports, insertExport, setJob } from './queries-files.ts'

export interface ExportOrder {
  selection: ConversationSelection
  format: ExportFormat
  columns?: ExportColumn[] | undefined
  notes: boolean
}

export async function createExport(ctx: Context, order: ExportOrder): Promise<Export> {
  const { workspaceId, actor } = ctx
  const { selection, format, notes } = order
  const total = await countSelection(ctx, selection)
  return transact(ctx, async (tx) => {
    const id = uuidOfNow()
    const name = `conversations-${new Date().toISOString().slice(0, 16).replace('T', '-').replace(':', '')}.${format}`
    const columns = format === 'csv' ? [...new Set(order.columns ?? ExportColumn.options)] : null
    const by = actor.kind === 'operator' ? actor.id : null
    await insertExport(tx, { workspaceId, id, format, name, columns, withNotes: notes, byId: by, byName: actor.name })
    const params = { exportId: id, selection: selection as unknown as JsonValue }
    const job = await enqueueJob(tx, ctx, { kind: EXPORT_JOB, params, about: { exportId: id, name, format }, total })
    await setJob(tx, workspaceId, id, job.id)
    await writeAudit(tx, ctx, 'export.created', id, { format, total, withNotes: notes })
    return viewExport(await accessExport(tx, ctx, id))
  })
}

/** Sorts by time, as the database's own ids do. */
function uuidOfNow(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}

export async function accessExport(tx: Tx, ctx: Pick<Context, 'workspaceId'>, id: string): Promise<ExportRow> {
  const row = await findExport(tx, ctx.workspaceId, id)
  if (!row) throw new AppError('export.not_found')
  return row
}

export function getExport(ctx: Context, id: string): Promise<Export> {
  return transact(ctx, async (tx) => viewExport(await accessExport(tx, ctx, id)))
}

export function listExports(
  ctx: Context,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: Export[]; nextCursor: string | null }> {
  if (cursor !== undefined && !Id.safeParse(cursor).success)
    throw new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'not a cursor of this list' }] })
  return transact(ctx, async (tx) => {
    const rows = await findExports(tx, ctx.workspaceId, { cursor, limit: limit + 1 })
    const items = rows.slice(0, limit).map(viewExport)
    return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null }
  })
}

export function viewExport(row: ExportRow): Export {
  return {
    id: row.id,
    jobId: row.jobId,
    format: row.format,
    name: row.name,
    state: stateOf(row),
    done: row.state === 'ready' ? row.rows : (row.done ?? row.rows),
    total: row.state === 'ready' ? row.rows : row.total,
    jobState: row.jobState,
    size: row.size,
    notes: row.withNotes,
    createdBy: { id: row.byId, name: row.byName },
    createdAt: row.createdAt.toISOString(),
    readyAt: row.readyAt?.toISOString() ?? null,
    expiresAt: row.expiresAt.toISOString(),
  }
}

/** One that never began to be written ends with its job. */
export function stateOf(row: ExportRow): Export['state'] {
  if (row.state === 'writing' && (row.jobState === 'cancelled' || row.jobState === 'failed')) return row.jobState
  return row.state
}
