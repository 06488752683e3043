/** Ingest one message: an agent, an inbox or a channel elsewhere tells what was said there. */
import type { ingestMessage as endpoint } from '@earshot/contracts'
import type { z } from 'zod'
import { refuse } from '../conversations/index.ts'
import type { Context } from '../platform/context.ts'
import type { Db } from '../platform/db.ts'
import { asItem } from './as-item.ts'
import { type Found, findOrStart } from './find-or-start.ts'
import { attachAlone, readyFiles } from './keep-files.ts'

export type Given = z.output<typeof endpoint.body>
export interface Ingested {
  conversationId: string
  position: number
  duplicate: boolean
  epoch?: number
}

/** Conversations named lately, so that a running one costs no look-up a message. Ids never change, so entries never go stale. */
const known = new WeakMap<Db, Map<string, string>>()
const MAX_KNOWN = 50_000

/** Acknowledged after its commit. A fenced agent message is refused with `control.stale` and kept as a suppressed draft. */
export async function ingestMessage(ctx: Context, given: Given): Promise<Ingested> {
  const { conversation, contact, message } = given
  const key = `${ctx.workspaceId} ${conversation.externalId}`
  const at = message.at ? new Date(message.at) : null
  const { id: conversationId, keyPrefix } = await find(ctx, key, () =>
    findOrStart(ctx, { ...conversation, contact }, at),
  )
  const ready = await readyFiles(ctx, conversation.externalId, [message])
  const kept = await attachAlone(ctx, conversationId, ready)
  const place = { workspaceId: ctx.workspaceId, conversationId, origin: 'ingest' as const }
  const result = await ctx.append(asItem(place, message, kept, keyPrefix))
  if (result.outcome === 'not_found') {
    known.get(ctx.db)?.delete(key) // deleted meanwhile: the same external id begins anew
    return ingestMessage(ctx, given)
  }
  const done = result.outcome === 'appended' || result.outcome === 'reopened' || result.outcome === 'duplicate'
  if (!done) await refuse(ctx, conversationId, result)
  return {
    conversationId,
    position: result.position!,
    duplicate: result.outcome === 'duplicate',
    epoch: result.epoch ?? undefined,
  } as Ingested
}

/** One that was merged into another is looked up each time: the merge may be undone. */
async function find(ctx: Context, key: string, look: () => Promise<Found>): Promise<Pick<Found, 'id' | 'keyPrefix'>> {
  const id = known.get(ctx.db)?.get(key)
  if (id !== undefined) return { id, keyPrefix: '' }
  const found = await look()
  if (found.keyPrefix === '') remember(ctx.db, key, found.id)
  return found
}

function remember(db: Db, key: string, id: string): void {
  const ids = known.get(db) ?? new Map<string, string>()
  if (ids.size >= MAX_KNOWN) ids.delete(ids.keys().next().value!)
  known.set(db, ids.set(key, id))
}
