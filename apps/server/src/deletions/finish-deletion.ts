/** What follows the rows: bytes in the file store, then exports that hold the conversation. Each step bears repeating after a crash. */
import { withdrawExportsWith } from '../exports/index.ts'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import { deleteManifest, findDeletion, findDueDeletions, putOff, saveFilesRemoved } from './queries.ts'

/** Goes on where the manifest says, and ends by removing it. */
export async function finishDeletion(ctx: Context, id: string): Promise<void> {
  const { workspaceId } = ctx
  const manifest = await transact(ctx, (tx) => findDeletion(tx, workspaceId, id))
  if (!manifest) return
  if (manifest.step === 'files') {
    for (const key of manifest.storageKeys) await ctx.files.remove(key)
    await transact(ctx, (tx) => saveFilesRemoved(tx, workspaceId, id))
  }
  await withdrawExportsWith(ctx, id)
  await transact(ctx, (tx) => deleteManifest(tx, workspaceId, id))
}

/** Finishes at once; what fails is finished by the sweep, and nobody who asked has to wait for it. */
export async function finishSoon(ctx: Context, id: string): Promise<void> {
  try {
    await finishDeletion(ctx, id)
  } catch (error) {
    ctx.log.warn({ err: error, conversationId: id }, 'a deletion is not over yet; the sweep goes on with it')
  }
}

/** Of all workspaces: what a process that died, or a file store that was away, left unfinished. Answers how many were finished. */
export async function sweepDeletions(services: Services): Promise<number> {
  let finished = 0
  for (const { workspaceId, conversationId } of await findDueDeletions(services.db, 200)) {
    const ctx = asSystem(services, workspaceId)
    try {
      await finishDeletion(ctx, conversationId)
      finished++
    } catch (error) {
      services.log.warn({ err: error, conversationId }, 'a deletion could not be finished; it is tried again')
      await transact(ctx, (tx) => putOff(tx, workspaceId, conversationId))
    }
  }
  return finished
}
