/** Store, attach, open, sweep: the life of a file from upload to download. */
import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { type Attachment, MAX_FILE_BYTES } from '@earshot/contracts'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import type { FileStore } from '../platform/files.ts'
import { detectType, mediaTypeFor, nameFor } from './file-type.ts'
import type { FileLinks } from './links.ts'
import { claimFiles, deleteUnattached, type FileRow, findFile, findUnattached, insertFile } from './queries.ts'

declare module '../platform/context.ts' {
  interface Services {
    files: FileStore
    fileLinks: FileLinks
  }
}

/** Who uploads. A visitor is named by its contact point, since it may upload before it is a contact. */
export interface Uploader {
  kind: FileRow['byKind']
  id: string
}

/** What a message keeps of a file. */
export type StoredFile = Omit<Attachment, 'url'>

export const uploaderOf = (ctx: Context): Uploader => {
  const { kind, id } = ctx.actor
  if (id === null || kind === 'system') throw new AppError('auth.forbidden')
  return { kind, id }
}

/** Takes an upload; when this resolves, bytes and row are safe and a message may name it. */
export async function storeUpload(
  ctx: Pick<Context, 'db' | 'workspaceId' | 'files'>,
  by: Uploader,
  upload: { name: string; source: AsyncIterable<Uint8Array> },
): Promise<StoredFile> {
  const id = randomUUID()
  const key = `${ctx.workspaceId}/${new Date().toISOString().slice(0, 7)}/${id}`
  let name = upload.name
  let mediaType = ''
  const { size, sha256 } = await ctx.files.write(key, upload.source, {
    limit: MAX_FILE_BYTES,
    inspect(head) {
      const type = detectType(head)
      if (!type) throw new AppError('request.unsupported_media_type', { reason: 'Files of this type are not taken.' })
      name = nameFor(upload.name, type)
      mediaType = mediaTypeFor(name, type)
    },
  })
  const row = {
    workspaceId: ctx.workspaceId,
    id,
    storageKey: key,
    name,
    mediaType,
    size,
    sha256,
    byKind: by.kind,
    byId: by.id,
  }
  await transact(ctx, (tx) => insertFile(tx, row))
  return { id, name, mediaType, size }
}

/**
 * Makes the uploader's files part of a conversation, in the order of `ids`; `from` names conversations they may be moved from. A file
 * of somebody else, or of another conversation, does not exist here.
 */
export async function attachFiles(
  tx: Tx,
  workspaceId: string,
  by: Uploader,
  conversationId: string,
  ids: readonly string[],
  from: string[] = [],
): Promise<StoredFile[]> {
  if (ids.length === 0) return []
  const unique = [...new Set(ids)]
  const claimed = await claimFiles(tx, workspaceId, { ids: unique, conversationId, from, byKind: by.kind, byId: by.id })
  return unique.map((id) => {
    const file = claimed.find((row) => row.id === id)
    if (!file) throw new AppError('file.not_found', { id })
    return { id, name: file.name, mediaType: file.mediaType, size: file.size }
  })
}

export interface OpenFile {
  row: FileRow
  body: Readable
}

/** A file of this workspace, ready to be sent. */
export async function openFile(ctx: Pick<Context, 'db' | 'workspaceId' | 'files'>, id: string): Promise<OpenFile> {
  const row = await transact(ctx, (tx) => findFile(tx, ctx.workspaceId, id))
  const body = row && (await ctx.files.read(row.storageKey))
  if (!row || !body) throw new AppError('file.not_found')
  return { row, body }
}

/** Removes uploads that no message named within a day; answers how many. The row goes first: what has no row is never served. */
export async function sweepUnattachedFiles(services: Services): Promise<number> {
  let removed = 0
  for (const { workspaceId, id, storageKey } of await findUnattached(services.db, 200)) {
    if (!(await transact(asSystem(services, workspaceId), (tx) => deleteUnattached(tx, workspaceId, id)))) continue
    await services.files.remove(storageKey)
    removed++
  }
  return removed
}
