/** Contacts whose name, address or number holds what is typed; choosing one lists what they ever asked. */
import { call } from '@earshot/client'
import { type Contact, listContacts } from '@earshot/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ContactAvatar } from '../../ui/Avatar.tsx'
import { useSettled } from '../use-settled.ts'
import type { Choice } from './choice.ts'

const MOST = 5

export function usePeopleChoices(query: string): Choice[] {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const settled = useSettled(query)
  const { data } = useQuery({
    queryKey: ['palette', 'people', settled],
    queryFn: ({ signal }) => call(listContacts, { query: { q: settled, limit: MOST }, signal }),
    placeholderData: keepPreviousData,
    enabled: settled !== '',
  })
  if (query === '') return []
  const asChoice = ({ id, name, email, phone }: Contact): Choice => ({
    key: `person ${id}`,
    label: name || email || phone || t('palette.noName'),
    more: name ? (email ?? phone ?? undefined) : undefined,
    mark: <ContactAvatar name={name} size="sm" />,
    run: () => void navigate({ to: '/conversations', search: { view: 'all', contactId: [id] } }),
  })
  return data?.items.map(asChoice) ?? []
}
