/** What a conversation learned about a contact of whom it was not known. Claims: they fill what is empty, and link nobody to anybody. */
import type { JsonValue } from '@earshot/contracts'
import type { ConversationRow } from '../../conversations/index.ts'
import { normalEmail, normalPhone } from './check-field.ts'

export interface ContactFill {
  id: string
  change: { name?: string; email?: string; phone?: string }
}

type Known = Pick<ConversationRow, 'contactId' | 'contactName' | 'contactEmail' | 'contactPhone'>

/** E-mail and phone only when they are valid: what is kept there is used to reach somebody. */
export function unknownOfContact(current: Known, learned: [string, JsonValue][]): ContactFill | null {
  const of = (...keys: string[]) => {
    const value = learned.find(([key]) => keys.includes(key))?.[1]
    return typeof value === 'string' ? value : undefined
  }
  const [name, email, phone] = [of('name', 'full_name'), of('email', 'e_mail'), of('phone', 'phone_number')]
  const validEmail = email && normalEmail(email)
  const validPhone = phone && normalPhone(phone)
  const change = {
    ...(current.contactName === null && name && name.length <= 100 && { name }),
    ...(current.contactEmail === null && validEmail && { email: validEmail }),
    ...(current.contactPhone === null && validPhone && { phone: validPhone }),
  }
  return Object.keys(change).length > 0 ? { id: current.contactId, change } : null
}
