/** Attachments: files that were stored before a message names them. */
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import type { EntryData } from './entry-data.ts'
import { findFiles } from './queries-files.ts'

/** Resolves file ids of this workspace into what an entry stores; an unknown id refuses the message. */
export async function attachmentsOf(
  ctx: Context,
  ids: string[],
  uploader?: { kind: 'contact'; id: string },
): Promise<EntryData | null> {
  if (ids.length === 0) return null
  const files = await transact(ctx, (tx) => findFiles(tx, ctx.workspaceId, ids, uploader))
  if (files.length !== new Set(ids).size) throw new AppError('file.not_found')
  return { attachments: ids.map((id) => files.find((file) => file.id === id)!) }
}
