/** Find or start the conversation an external id names: once, however many ask at once. */
import type { IngestConversation } from '@earshot/contracts'
import { startConversation } from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { isUniqueViolation, type Tx } from '../platform/db.ts'
import { castFor } from './cast.ts'
import { findNamed } from './find-named.ts'

export type Named = Pick<
  IngestConversation,
  'externalId' | 'channel' | 'agent' | 'flow' | 'sessionId' | 'contact' | 'title'
>

export interface Found {
  id: string
  status: 'active' | 'closed' | 'archived'
  created: boolean
  keyPrefix: string
}

/** Another request may begin the same one in between, and it may be deleted again; not so often. */
const TRIES = 10

export async function findOrStart(ctx: Context, named: Named, startedAt: Date | null, tries = TRIES): Promise<Found> {
  const found = await findNamed(ctx, named.externalId)
  if (found) return { ...found, created: false }
  try {
    const { id } = await transact(ctx, (tx) => start(tx, ctx, named, startedAt))
    return { id, status: 'active', created: true, keyPrefix: '' }
  } catch (error) {
    if (!isUniqueViolation(error, 'conversation_external') || tries <= 1) throw error
    return findOrStart(ctx, named, startedAt, tries - 1)
  }
}

/** Starts it in the caller's transaction, with all that it names. */
export async function start(tx: Tx, ctx: Context, named: Named, startedAt: Date | null): Promise<{ id: string }> {
  const cast = await castFor(tx, ctx, named)
  const { externalId, sessionId, title } = named
  return startConversation(ctx, tx, {
    ...cast,
    externalId,
    sessionId: sessionId ?? null,
    title: title ?? null,
    startedAt,
  })
}
