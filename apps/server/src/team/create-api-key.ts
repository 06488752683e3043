/** API keys: listed, created, revoked. The key itself is shown once and kept nowhere. */
import type { ApiKey, Scope } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { makeKey } from './api-key.ts'
import { writeAudit } from './audit.ts'
import { type Page, pageOf, readIdCursor } from './page.ts'
import { insertApiKey, revokeKey, selectApiKeys } from './queries-keys.ts'
import { viewApiKey } from './view.ts'

type ViewedKey = z.input<typeof ApiKey>

export async function listApiKeys(
  ctx: Context,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Page<ViewedKey>> {
  const before = readIdCursor(cursor)
  const rows = await transact(ctx, (tx) => selectApiKeys(tx, ctx.workspaceId, before, limit + 1))
  return pageOf(rows, limit, viewApiKey)
}

export function createApiKey(
  ctx: Context,
  { name, scopes, expiresInDays }: { name: string; scopes: Scope[]; expiresInDays: number | null },
): Promise<ViewedKey & { key: string }> {
  const { workspaceId, actor } = ctx
  const { key, start, hash } = makeKey()
  const createdBy = actor.kind === 'operator' ? actor.id : null
  return transact(ctx, async (tx) => {
    const granted = [...new Set(scopes)]
    const row = await insertApiKey(tx, { workspaceId, name, start, hash, scopes: granted, createdBy, expiresInDays })
    await writeAudit(tx, ctx, 'api_key.created', row.id, { name, scopes: granted })
    await record(tx, workspaceId, { type: 'resource.changed', resource: 'api-keys', id: row.id })
    return { ...viewApiKey(row), key }
  })
}

/** This node forgets the key before it answers, the others when the fact reaches them. */
export async function revokeApiKey(ctx: Context, id: string): Promise<{ ok: true }> {
  const { workspaceId } = ctx
  await transact(ctx, async (tx) => {
    const row = await revokeKey(tx, workspaceId, id)
    if (!row) throw new AppError('api_key.not_found')
    await writeAudit(tx, ctx, 'api_key.revoked', id, { name: row.name })
    await record(tx, workspaceId, { type: 'resource.changed', resource: 'api-keys', id })
  })
  ctx.team.keys.forget(workspaceId)
  return { ok: true }
}
