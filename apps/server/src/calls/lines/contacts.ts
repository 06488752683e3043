/** People and departments that calls may be transferred to: saved, changed, removed. */
import type { VoiceContact, VoiceContactDraft } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { writeAudit } from '../../team/index.ts'
import { requireNumber } from './phone-number.ts'
import { findLine, lockLines } from './queries.ts'
import { deleteContact, findContact, findContacts, insertContact, updateContact } from './queries-rules.ts'

const MOST = 200

export const listVoiceContacts = (ctx: Context): Promise<{ items: VoiceContact[] }> =>
  transact(ctx, async (tx) => ({ items: await findContacts(tx, ctx.workspaceId) }))

export function createVoiceContact(ctx: Context, draft: VoiceContactDraft): Promise<VoiceContact> {
  return transact(ctx, async (tx) => {
    const content = await checked(tx, ctx, draft, null)
    return told(tx, ctx, await insertContact(tx, ctx.workspaceId, content), 'voice_contact.created')
  })
}

export function changeVoiceContact(ctx: Context, id: string, draft: VoiceContactDraft): Promise<VoiceContact> {
  return transact(ctx, async (tx) => {
    await accessVoiceContact(tx, ctx, id)
    await updateContact(tx, ctx.workspaceId, id, await checked(tx, ctx, draft, id))
    return told(tx, ctx, id, 'voice_contact.changed')
  })
}

export function deleteVoiceContact(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    const { name } = await accessVoiceContact(tx, ctx, id)
    await deleteContact(tx, ctx.workspaceId, id)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'voice', id: 'contacts' })
    await writeAudit(tx, ctx, 'voice_contact.deleted', id, { name })
    return { ok: true as const }
  })
}

export async function accessVoiceContact(tx: Tx, ctx: Pick<Context, 'workspaceId'>, id: string): Promise<VoiceContact> {
  const contact = await findContact(tx, ctx.workspaceId, id)
  if (!contact) throw new AppError('voice_contact.not_found')
  return contact
}

async function checked(tx: Tx, ctx: Context, draft: VoiceContactDraft, self: string | null) {
  const isSip = draft.address.startsWith('sip:')
  const address = isSip ? draft.address : requireNumber(draft.address).number
  await lockLines(tx, ctx.workspaceId)
  if (draft.lineId !== null) {
    const line = await findLine(tx, ctx.workspaceId, draft.lineId)
    if (!line || line.archivedAt !== null) throw new AppError('line.not_found')
  }
  const others = (await findContacts(tx, ctx.workspaceId)).filter(({ id }) => id !== self)
  if (others.some(({ name }) => name.toLowerCase() === draft.name.toLowerCase()))
    throw new AppError('voice_contact.name_taken')
  if (self === null && others.length >= MOST) throw new AppError('voice_contact.too_many')
  return { ...draft, address, byName: ctx.actor.name }
}

async function told(tx: Tx, ctx: Context, id: string, what: string): Promise<VoiceContact> {
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'voice', id: 'contacts' })
  const contact = await accessVoiceContact(tx, ctx, id)
  await writeAudit(tx, ctx, what, id, { name: contact.name })
  return contact
}
