/** Store, attach, find, sweep: the life of a file from upload to download. */
import { randomUUID } from 'node:crypto'
import { type Attachment, MAX_FILE_BYTES } from '@earshot/contracts'
import { type AudioFacts, mayBeAudio, probeFile } from '../platform/audio/index.ts'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import type { FileStore } from '../platform/files.ts'
import { audioType, detectType, type FileType, mediaTypeFor, nameFor } from './file-type.ts'
import type { FileLinks } from './links.ts'
import { claimFiles, deleteUnattached, type FileRow, findFile, findUnattached, insertFile } from './queries.ts'
import { withoutPrivateParts } from './strip-jpeg.ts'

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

export interface Upload {
  name: string
  source: AsyncIterable<Uint8Array>
  /** Given where the same upload must not be kept twice; a repeat answers with what is there. */
  id?: string
  /** Where it belongs already; otherwise a message claims it. */
  conversationId?: string
  /** Refuses everything else. */
  mustBeAudio?: boolean
}

/** Takes an upload; when this resolves, bytes and row are safe and a message may name it. */
export async function storeUpload(
  ctx: Pick<Context, 'db' | 'workspaceId' | 'files'>,
  by: Uploader,
  upload: Upload,
): Promise<StoredFile> {
  const id = upload.id ?? randomUUID()
  const storageKey = `${ctx.workspaceId}/${upload.id ? 'named' : new Date().toISOString().slice(0, 7)}/${id}`
  let { name } = upload
  let type: FileType | undefined
  let facts: AudioFacts | undefined
  const { size, sha256 } = await ctx.files.write(storageKey, withoutPrivateParts(upload.source), {
    limit: MAX_FILE_BYTES,
    inspect(head) {
      type = detectType(head)
      if (!type) throw new AppError('request.unsupported_media_type', { reason: 'Files of this type are not taken.' })
    },
    async verify(path) {
      facts = await audioFactsOf(path, type!.mediaType)
      if (upload.mustBeAudio && !facts) throw new AppError('audio.unreadable')
    },
  })
  if (facts) type = audioType(facts.mediaType)
  name = nameFor(upload.name, type!)
  const mediaType = mediaTypeFor(name, type!)
  const { workspaceId } = ctx
  const { durationMs = null, codec = null, channels = null } = facts ?? {}
  const stored = { workspaceId, id, storageKey, name, mediaType, size, sha256, durationMs, codec, channels }
  const whose = { byKind: by.kind, byId: by.id, conversationId: upload.conversationId ?? null }
  await transact(ctx, (tx) => insertFile(tx, { ...stored, ...whose })).catch(async (error: unknown) => {
    await ctx.files.remove(storageKey) // its conversation may be gone by now: what has no row has no bytes
    throw error
  })
  return asStored(stored)
}

/** Sound is looked into before it is kept. What may hold sound or pictures is kept as what it is, even where it is broken. */
async function audioFactsOf(path: string, mediaType: string): Promise<AudioFacts | undefined> {
  if (!mayBeAudio(mediaType)) return undefined
  const probed = await probeFile(path, mediaType, MAX_FILE_BYTES)
  if (probed.kind === 'audio') return probed.facts
  if (probed.kind === 'too_long') throw new AppError('audio.too_long')
  if (mediaType.startsWith('audio/')) throw new AppError('audio.unreadable')
  return undefined
}

const asStored = (row: Pick<FileRow, 'id' | 'name' | 'mediaType' | 'size' | 'durationMs'>): StoredFile => {
  const { id, name, mediaType, size, durationMs } = row
  return { id, name, mediaType, size, ...(durationMs !== null && { durationMs }) }
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
    return asStored(file)
  })
}

/** A file of this workspace; its bytes are sent by `sendFile`. */
export async function accessFile(ctx: Pick<Context, 'db' | 'workspaceId'>, id: string): Promise<FileRow> {
  const row = await transact(ctx, (tx) => findFile(tx, ctx.workspaceId, id))
  if (!row) throw new AppError('file.not_found')
  return row
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
