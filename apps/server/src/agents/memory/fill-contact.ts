/** What a conversation learned about a contact of whom it was not known. Claims: they fill what is empty, and link nobody to anybody. */
import type { JsonValue, MemoryField } from '@earshot/contracts'
import type { ConversationRow } from '../../conversations/index.ts'
import { normalEmail, normalPhone } from './check-field.ts'

export interface ContactFill {
  id: string
  change: { name?: string; email?: string; phone?: string }
}

type Known = Pick<ConversationRow, 'contactId' | 'contactName' | 'contactEmail' | 'contactPhone'>
type Role = 'name' | 'email' | 'phone'

const isRole = (text: string | undefined): text is Role => text === 'name' || text === 'email' || text === 'phone'

/** E-mail and phone only when they are valid: what is kept there is used to reach somebody. */
export function unknownOfContact(
  current: Known,
  learned: [string, JsonValue][],
  fields: readonly MemoryField[] = [],
): ContactFill | null {
  const change: ContactFill['change'] = {}
  for (const [key, value] of learned) {
    const role = fields.find((field) => field.key === key)?.type ?? key
    const valid = typeof value === 'string' && isRole(role) ? VALID[role](value) : undefined
    if (valid && isRole(role) && current[COLUMN[role]] === null) change[role] ??= valid
  }
  return Object.keys(change).length > 0 ? { id: current.contactId, change } : null
}

const COLUMN = { name: 'contactName', email: 'contactEmail', phone: 'contactPhone' } as const
const VALID: Record<Role, (value: string) => string | undefined> = {
  name: (value) => (value.length <= 100 ? value : undefined),
  email: normalEmail,
  phone: normalPhone,
}
