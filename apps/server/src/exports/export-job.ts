/** The job behind an export: streams what COPY finds into the file store, and calls the file ready when it is whole. */
import { randomUUID } from 'node:crypto'
import { ConversationSelection, type ExportColumn } from '@earshot/contracts'
import { operatorOf } from '../conversations/index.ts'
import { accessJob, type JobKind, type JobRun } from '../jobs/index.ts'
import { transact } from '../platform/context.ts'
import type { Piece, Snapshot } from '../platform/copy-out.ts'
import { BOM } from './csv.ts'
import { holdsAny, membersKey, packed } from './members.ts'
import { type ExportRow, findDeletedSince, findExport, lockExports, readClock, updateExport } from './queries-files.ts'
import { AS_CSV, AS_LINES, idsOf, linesOf, rowsOf, type Wanted } from './queries-lines.ts'

export const EXPORT_JOB = 'exports.write'
/** Progress is stored, and cancel looked for, this often. */
const TELL_MS = 500
/** A deletion that was under way when we began is committed long before this is over. */
const OVERLAP_MS = 60 * 60 * 1000

/** Stopped in the middle: by cancel, by a node that stops, or by a deletion of what is already written. */
class Interrupted extends Error {}

export const exportJob: JobKind = {
  kind: EXPORT_JOB,
  async step(run) {
    const id = String(run.params.exportId)
    const row = await transact(run.ctx, (tx) => findExport(tx, run.ctx.workspaceId, id))
    if (row?.state !== 'writing') return 'finished'
    try {
      return (await write(run, row)) ? 'finished' : 'more'
    } catch (error) {
      if (error instanceof Interrupted) return 'more'
      throw error
    }
  },
  async abandon(run) {
    const { workspaceId } = run.ctx
    const id = String(run.params.exportId)
    const row = await transact(run.ctx, (tx) => findExport(tx, workspaceId, id))
    if (row?.storageKey) await removeFiles(run.ctx, row.storageKey)
    if (row?.state !== 'writing') return
    await transact(run.ctx, async (tx) => {
      const { cancelAsked } = await accessJob(tx, run.ctx, run.id)
      await updateExport(tx, workspaceId, id, { state: cancelAsked ? 'cancelled' : 'failed', storageKey: null })
    })
  },
}

export async function removeFiles(ctx: Pick<JobRun['ctx'], 'files'>, key: string): Promise<void> {
  await ctx.files.remove(key)
  await ctx.files.remove(membersKey(key))
}

async function write(run: JobRun, row: ExportRow): Promise<boolean> {
  const { ctx } = run
  // A try of its own name: what an earlier one left is removed by the key in the row.
  if (row.storageKey) await removeFiles(ctx, row.storageKey)
  const key = `${ctx.workspaceId}/exports/${randomUUID()}`
  const since = await transact(ctx, async (tx) => {
    await updateExport(tx, ctx.workspaceId, row.id, { storageKey: key })
    return new Date((await readClock(tx)).getTime() - OVERLAP_MS)
  })
  const snapshot = await ctx.openSnapshot(ctx.workspaceId)
  const counted = { rows: 0 }
  let size: number
  try {
    size = await writeFiles(run, row, snapshot, key, counted)
  } finally {
    await snapshot.close()
  }
  return settle(run, row, { key, since, size, rows: counted.rows })
}

async function writeFiles(
  run: JobRun,
  row: ExportRow,
  snapshot: Snapshot,
  key: string,
  counted: { rows: number },
): Promise<number> {
  const { ctx } = run
  const selection = ConversationSelection.parse(run.params.selection)
  const wanted: Wanted = { workspaceId: ctx.workspaceId, selection, me: operatorOf(ctx) }
  const limit = Number.MAX_SAFE_INTEGER
  // An empty file would be refused; sixteen zeros are no conversation's id.
  const members = withFirst(Buffer.alloc(16), packed(snapshot.read(idsOf(wanted), AS_LINES)))
  await ctx.files.write(membersKey(key), members, { limit })
  const isCsv = row.format === 'csv'
  const pieces = isCsv
    ? snapshot.read(rowsOf(wanted, (row.columns ?? []) as ExportColumn[], row.withNotes), AS_CSV)
    : snapshot.read(linesOf(wanted, { baseUrl: ctx.team.baseUrl, withNotes: row.withNotes }), AS_LINES)
  const bytes = watched(run, pieces, counted)
  const { size } = await ctx.files.write(key, withFirst(Buffer.from(isCsv ? BOM : '\n'), bytes), { limit })
  // The head of a CSV is a row of COPY too.
  if (isCsv) counted.rows = Math.max(0, counted.rows - 1)
  return size
}

async function* withFirst(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first
  yield* rest
}

async function* watched(run: JobRun, pieces: AsyncIterable<Piece>, counted: { rows: number }): AsyncGenerator<Buffer> {
  let toldAt = performance.now()
  for await (const { bytes, rows } of pieces) {
    counted.rows += rows
    if (run.ctx.exporting.stopping) throw new Interrupted()
    if (performance.now() - toldAt > TELL_MS) {
      await tell(run, counted.rows)
      toldAt = performance.now()
    }
    yield bytes
  }
}

function tell(run: JobRun, rows: number): Promise<void> {
  return transact(run.ctx, async (tx) => {
    const { cancelAsked } = await accessJob(tx, run.ctx, run.id)
    if (cancelAsked) throw new Interrupted()
    await run.save(tx, { done: rows - run.done })
  })
}

/** Ready, unless something in it was deleted while it was being written: then it is written again. */
async function settle(
  run: JobRun,
  row: ExportRow,
  file: { key: string; since: Date; size: number; rows: number },
): Promise<boolean> {
  const { ctx } = run
  const isReady = await transact(ctx, async (tx) => {
    await lockExports(tx, ctx.workspaceId)
    const deleted = await findDeletedSince(tx, ctx.workspaceId, file.since)
    if (await holdsAny(ctx.files, file.key, deleted)) return false
    const { size, rows } = file
    await updateExport(tx, ctx.workspaceId, row.id, { state: 'ready', size, rows, isReady: true })
    await run.save(tx, { done: rows - run.done, total: rows, result: { exportId: row.id } })
    return true
  })
  if (!isReady) await removeFiles(ctx, file.key)
  return isReady
}
