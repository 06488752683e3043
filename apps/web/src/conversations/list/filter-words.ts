/** The filters in words and with their values: for the chips, the menu and the empty state. */
import { ChannelKind, Status } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { agentNamesQuery, contactQuery, stagesQuery } from '../queries.ts'
import type { ConversationSearch, FilterField } from '../search.ts'

export type FilterValue = { value: string; label: string }

/** What each field may be, in the order it is offered. */
export function useFilterValues(): (field: FilterField) => FilterValue[] {
  const { t } = useTranslation('conversations')
  const { data: stages } = useQuery(stagesQuery)
  const { data: agents } = useQuery(agentNamesQuery)
  return (field) => {
    switch (field) {
      case 'status':
        return Status.options.map((value) => ({ value, label: t(`status.${value}`) }))
      case 'channel':
        return ChannelKind.options.map((value) => ({ value, label: t(`channel.${value}`) }))
      case 'stage':
        return (stages ?? []).map(({ key, name }) => ({ value: key, label: name }))
      case 'agentId':
        return (agents ?? []).map(({ id, name }) => ({ value: id, label: name }))
    }
  }
}

export type ActiveFilter = { field: FilterField | 'q' | 'contactId'; name: string; operator: string; value: string }

/** The filters that are on, as the chips say them. */
export function useActiveFilters(search: ConversationSearch): ActiveFilter[] {
  const { t } = useTranslation('conversations')
  const valuesOf = useFilterValues()
  const { data: contact } = useQuery({
    ...contactQuery(search.contactId ?? ''),
    enabled: search.contactId !== undefined,
  })
  const fields = (['status', 'channel', 'agentId', 'stage'] as const).flatMap((field): ActiveFilter[] => {
    const chosen = search[field]
    if (!chosen) return []
    const labels = valuesOf(field)
      .filter(({ value }) => (chosen as readonly string[]).includes(value))
      .map(({ label }) => label)
    const many = chosen.length > 1
    const value = labels.length > 2 ? t(`filter.many.${field}`, { count: chosen.length }) : labels.join(', ') || '…'
    return [{ field, name: t(`filter.field.${field}`), operator: t(many ? 'filter.anyOf' : 'filter.is'), value }]
  })
  if (search.contactId) {
    const value = contact?.name ?? contact?.phone ?? contact?.email ?? t('anonymous')
    fields.push({ field: 'contactId', name: t('filter.field.contactId'), operator: t('filter.is'), value })
  }
  return fields
}
