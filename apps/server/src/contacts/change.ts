/** Change a contact: name, e-mail, phone, attributes. */
import type { Contact, JsonValue } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { record } from '../platform/events.ts'
import { accessContact, readContact } from './access.ts'
import { updateContact } from './queries.ts'

export interface ContactChange {
  name?: string | null | undefined
  email?: string | null | undefined
  phone?: string | null | undefined
  attributes?: Record<string, JsonValue> | undefined
}

/** Attributes are set key by key, and removed where the value is null; the others stay. */
export function changeContact(ctx: Context, id: string, change: ContactChange): Promise<Contact> {
  return transact(ctx, async (tx) => {
    const current = await accessContact(tx, ctx, id)
    const { attributes, ...rest } = change
    const plain = Object.fromEntries(
      Object.entries(rest)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => [key, value?.trim() || null]),
    )
    const merged = attributes && mergeAttributes(current.attributes as Record<string, JsonValue>, attributes)
    const update = merged ? { ...plain, attributes: JSON.stringify(merged) } : plain
    if (Object.keys(update).length > 0) {
      await updateContact(tx, ctx.workspaceId, id, update)
      await record(tx, ctx.workspaceId, { type: 'contact.changed', contactId: id })
    }
    return readContact(tx, ctx, id)
  })
}

function mergeAttributes(
  current: Record<string, JsonValue>,
  change: Record<string, JsonValue>,
): Record<string, JsonValue> {
  const merged = { ...current, ...change }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null))
}
