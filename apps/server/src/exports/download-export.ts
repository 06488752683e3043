/** Download the file of an export: signed in, or once by a link. */
import { createHash, randomBytes } from 'node:crypto'
import type { Readable } from 'node:stream'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { writeAudit } from '../team/index.ts'
import { accessExport, stateOf } from './create-export.ts'
import { setLink, takeLink } from './queries-files.ts'

export interface Download {
  name: string
  mediaType: string
  size: number
  body: Readable
}

const hashOf = (ticket: string): Buffer => createHash('sha256').update(`export link\0${ticket}`).digest()

export async function openExport(ctx: Context, id: string): Promise<Download> {
  const row = await transact(ctx, async (tx) => {
    const found = await accessReady(tx, ctx, id)
    await writeAudit(tx, ctx, 'export.downloaded', id)
    return found
  })
  const body = row.storageKey ? await ctx.files.read(row.storageKey) : undefined
  if (!body) throw new AppError('export.gone')
  const mediaType = row.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson'
  return { name: row.name, mediaType, size: row.size ?? 0, body }
}

async function accessReady(tx: Tx, ctx: Context, id: string) {
  const row = await accessExport(tx, ctx, id)
  const state = stateOf(row)
  if (state === 'writing') throw new AppError('export.not_ready')
  if (state !== 'ready' || row.expiresAt.getTime() <= Date.now()) throw new AppError('export.gone')
  return row
}

export function linkExport(ctx: Context, id: string): Promise<{ url: string; expiresAt: string }> {
  const ticket = randomBytes(32).toString('base64url')
  return transact(ctx, async (tx) => {
    await accessReady(tx, ctx, id)
    const expiresAt = await setLink(tx, ctx.workspaceId, id, hashOf(ticket))
    await writeAudit(tx, ctx, 'export.linked', id)
    return { url: `${ctx.team.baseUrl}/exports/${ticket}`, expiresAt: expiresAt.toISOString() }
  })
}

/** A link that was used, replaced or is too old leads nowhere. */
export async function openByLink(services: Services, ticket: string): Promise<Download> {
  const found = await takeLink(services.db, hashOf(ticket))
  if (!found) throw new AppError('export.not_found')
  return openExport(asSystem(services, found.workspaceId), found.id)
}
