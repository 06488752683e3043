/** How a contact is called, for components whose own words are those of the inbox. */
import type { Conversation } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { contactName } from '../conversations/names.ts'

export function useContactName(contact: Conversation['contact']): string {
  const { t } = useTranslation('conversations')
  return contactName(contact, t)
}
