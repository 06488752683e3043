/** Files go: when they expire, when somebody removes them, and when a conversation in them is deleted. The row goes first, then the bytes. */
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { writeAudit } from '../team/index.ts'
import { accessExport, stateOf } from './create-export.ts'
import { removeFiles } from './export-job.ts'
import { holdsAny } from './members.ts'
import { findDue, findExport, findKept, lockExports, updateExport } from './queries-files.ts'

/** How many files hold the conversation. */
export async function countExportsWith(tx: Tx, ctx: Context, conversationId: string): Promise<number> {
  let count = 0
  for (const { storageKey } of await findKept(tx, ctx.workspaceId, 'ready'))
    if (await holdsAny(ctx.files, storageKey, [conversationId])) count++
  return count
}

/** Ends when the bytes are gone, also of those that somebody who died had only marked. */
export async function withdrawExportsWith(ctx: Context, conversationId: string): Promise<void> {
  const withdrawn = await transact(ctx, async (tx) => {
    await lockExports(tx, ctx.workspaceId)
    for (const file of await findKept(tx, ctx.workspaceId, 'ready'))
      if (await holdsAny(ctx.files, file.storageKey, [conversationId]))
        await updateExport(tx, ctx.workspaceId, file.id, { state: 'withdrawn', linkHash: null })
    return findKept(tx, ctx.workspaceId, 'withdrawn')
  })
  for (const file of withdrawn) await removeBytes(ctx, file)
}

export async function removeExport(ctx: Context, id: string): Promise<{ ok: true }> {
  const key = await transact(ctx, async (tx) => {
    const row = await accessExport(tx, ctx, id)
    if (stateOf(row) === 'writing') throw new AppError('export.not_ready')
    if (row.state === 'ready') await updateExport(tx, ctx.workspaceId, id, { state: 'withdrawn', linkHash: null })
    await writeAudit(tx, ctx, 'export.removed', id)
    return row.storageKey
  })
  if (key) await removeBytes(ctx, { id, storageKey: key })
  return { ok: true }
}

async function removeBytes(ctx: Context, { id, storageKey }: { id: string; storageKey: string }): Promise<void> {
  await removeFiles(ctx, storageKey)
  await transact(ctx, (tx) => updateExport(tx, ctx.workspaceId, id, { storageKey: null }))
}

/** Of all workspaces: what expired, and what a process that died left behind. */
export async function sweepExports(services: Services): Promise<number> {
  let removed = 0
  for (const { workspaceId, id } of await findDue(services.db, 100)) {
    const ctx = asSystem(services, workspaceId)
    const row = await transact(ctx, async (tx) => {
      const found = await findExport(tx, workspaceId, id)
      if (found?.state === 'ready') await updateExport(tx, workspaceId, id, { state: 'expired', linkHash: null })
      if (found?.state === 'writing') await updateExport(tx, workspaceId, id, { state: 'failed' })
      return found
    })
    if (!row?.storageKey) continue
    await removeBytes(ctx, { id, storageKey: row.storageKey })
    removed++
  }
  return removed
}
