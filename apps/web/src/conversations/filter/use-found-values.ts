/** The values of a field that are found by typing, as the server finds them. */
import { call } from '@earshot/client'
import { listTags } from '@earshot/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSettled } from '../../app/use-settled.ts'
import { type ManyField, NONE } from '../search.ts'
import { type FilterValue, flowsQuery } from './use-values.ts'

const FOUND = 50

/** Fields with more values than anybody loads: the server finds them as they are typed. */
export const isFoundByTyping = (field: ManyField): field is 'tag' | 'flowId' => field === 'tag' || field === 'flowId'

/** The values whose names contain what is typed; undefined until the first answer. */
export function useFoundValues(field: ManyField, typed: string): FilterValue[] | undefined {
  const { t } = useTranslation('table')
  const q = useSettled(typed.trim())
  const tags = useQuery({
    queryKey: ['tags', 'found', q],
    queryFn: ({ signal }) => call(listTags, { query: { q: q === '' ? undefined : q, limit: FOUND }, signal }),
    enabled: field === 'tag',
    placeholderData: keepPreviousData,
  })
  const flows = useQuery({ ...flowsQuery(q), enabled: field === 'flowId', placeholderData: keepPreviousData })
  if (field === 'tag')
    return tags.data?.items.map(({ key, value }) => ({
      value: `${key}:${value}`,
      label: value ? `${key}:${value}` : key,
    }))
  if (!flows.data) return undefined
  const named = flows.data.items.map(({ id, name, agentName }) => ({
    value: id,
    label: agentName ? `${name} · ${agentName}` : name,
  }))
  return q === '' ? [...named, { value: NONE, label: t('filter.noFlow') }] : named
}
