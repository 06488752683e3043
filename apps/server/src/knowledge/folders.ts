/** Folders of articles: list, create, rename, delete. */
import type { ArticleFolder } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { isUniqueViolation, type Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { findFolders, insertFolder, removeFolder, renameFolder } from './queries-folders.ts'

export function listFolders(ctx: Context): Promise<{ items: ArticleFolder[]; nextCursor: null }> {
  return transact(ctx, async (tx) => ({ items: await findFolders(tx, ctx.workspaceId), nextCursor: null }))
}

export function createFolder(ctx: Context, { name }: { name: string }): Promise<ArticleFolder> {
  return orTaken(() =>
    transact(ctx, async (tx) => {
      const id = await insertFolder(tx, ctx.workspaceId, name)
      await tell(ctx, tx, id)
      return accessFolder(tx, ctx, id)
    }),
  )
}

export function changeFolder(ctx: Context, id: string, { name }: { name: string }): Promise<ArticleFolder> {
  return orTaken(() =>
    transact(ctx, async (tx) => {
      if (!(await renameFolder(tx, ctx.workspaceId, id, name))) throw new AppError('folder.not_found')
      await tell(ctx, tx, id)
      return accessFolder(tx, ctx, id)
    }),
  )
}

/** Its articles stay, without a folder. */
export function deleteFolder(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    if (!(await removeFolder(tx, ctx.workspaceId, id))) throw new AppError('folder.not_found')
    await tell(ctx, tx, id)
    return { ok: true as const }
  })
}

/** A folder of this workspace, or it does not exist. */
export async function accessFolder(tx: Tx, ctx: Context, id: string): Promise<ArticleFolder> {
  const [folder] = await findFolders(tx, ctx.workspaceId, id)
  if (!folder) throw new AppError('folder.not_found')
  return folder
}

const tell = (ctx: Context, tx: Tx, id: string) =>
  record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'knowledge', id })

async function orTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isUniqueViolation(error, 'article_folder_name')) throw new AppError('folder.name_taken')
    throw error
  }
}
