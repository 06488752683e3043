/** Files that come with a message from elsewhere: kept first, then made part of its conversation; a repeat names the same ones. */
import { createHash } from 'node:crypto'
import type { IngestAttachment, IngestMessage } from '@earshot/contracts'
import { attachFiles, type StoredFile, storeUpload, uploaderOf } from '../files/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'

/** What a message keeps of each attachment that lies here. */
export type KeptFiles = ReadonlyMap<IngestAttachment, StoredFile>
/** Attachment → file, before it belongs to a conversation. */
export type ReadyFiles = ReadonlyMap<IngestAttachment, string>

/** Stores what stands in the messages themselves. Before any transaction: bytes take their time. */
export async function readyFiles(ctx: Context, of: string, messages: readonly IngestMessage[]): Promise<ReadyFiles> {
  const ready = new Map<IngestAttachment, string>()
  for (const message of messages) {
    for (const [i, given] of (message.attachments ?? []).entries()) {
      if (given.fileId !== undefined) ready.set(given, given.fileId)
      if (given.content !== undefined) ready.set(given, await keep(ctx, `${of} ${message.externalId} ${i}`, given))
    }
  }
  return ready
}

async function keep(ctx: Context, place: string, { name = '', content = '' }: IngestAttachment): Promise<string> {
  const id = idFrom(`${ctx.workspaceId} ${place} ${name} ${content}`)
  const bytes = Buffer.from(content, 'base64')
  await storeUpload(ctx, uploaderOf(ctx), { id, name, source: once(bytes) })
  return id
}

async function* once(bytes: Buffer) {
  yield bytes
}

export async function attachReady(tx: Tx, ctx: Context, conversationId: string, ready: ReadyFiles): Promise<KeptFiles> {
  if (ready.size === 0) return new Map()
  const files = await attachFiles(tx, ctx.workspaceId, uploaderOf(ctx), conversationId, [...ready.values()])
  return new Map([...ready].map(([given, id]) => [given, files.find((file) => file.id === id)!]))
}

/** The same in a transaction of its own. */
export async function attachAlone(ctx: Context, conversationId: string, ready: ReadyFiles): Promise<KeptFiles> {
  if (ready.size === 0) return new Map()
  return transact(ctx, (tx) => attachReady(tx, ctx, conversationId, ready))
}

/** A uuid (version 8) that says nothing but is always the same for the same text. */
export function idFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
