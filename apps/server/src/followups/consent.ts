/** Whether a contact wants follow-ups: what they said, or an operator said for them. */
import { getContact } from '../contacts/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { findOptOut, putOptOut, removeOptOut } from './queries.ts'

export interface Consent {
  optedOut: boolean
  at: string | null
  by: string | null
}

export async function getConsent(ctx: Context, contactId: string): Promise<Consent> {
  await getContact(ctx, contactId)
  return transact(ctx, (tx) => read(tx, ctx, contactId))
}

export async function setConsent(ctx: Context, contactId: string, optedOut: boolean): Promise<Consent> {
  await getContact(ctx, contactId)
  return transact(ctx, async (tx) => {
    if (optedOut) await putOptOut(tx, ctx.workspaceId, contactId, { byKind: ctx.actor.kind, byName: ctx.actor.name })
    else await removeOptOut(tx, ctx.workspaceId, contactId)
    return read(tx, ctx, contactId)
  })
}

async function read(tx: Tx, ctx: Context, contactId: string): Promise<Consent> {
  const row = await findOptOut(tx, ctx.workspaceId, contactId)
  return { optedOut: row !== undefined, at: row?.at.toISOString() ?? null, by: row?.byName ?? null }
}
