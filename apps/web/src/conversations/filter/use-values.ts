/** What each filter may be, in words and in the order it is offered. */
import { call } from '@earshot/client'
import {
  ChannelKind,
  Control,
  HandoffState,
  listFlows,
  Outcome,
  Priority,
  Resolution,
  Status,
  Tone,
} from '@earshot/contracts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../app/session.ts'
import conversations from '../../i18n/en/conversations.json'
import { codeWords } from '../code-words.ts'
import { membersQuery } from '../members.ts'
import { agentNamesQuery, contactQuery, stagesQuery } from '../queries.ts'
import { type ConversationSearch, type ManyField, ME, NONE, notOf } from '../search.ts'

export type FilterValue = { value: string; label: string }

const FLAGS = Object.keys(conversations.flag.code)

/** By name; those that contain `q`. */
export const flowsQuery = (q: string) =>
  queryOptions({
    queryKey: ['flows', q],
    queryFn: ({ signal }) => call(listFlows, { query: { q: q === '' ? undefined : q, limit: 200 }, signal }),
    staleTime: 60_000,
  })

/** Answers the values of a field. Of tags, which are their own words, it knows none; flows are read when `needed` names them. */
export function useFilterValues(needed: readonly ManyField[] = []): (field: ManyField) => FilterValue[] {
  const { t } = useTranslation('table')
  const { t: words } = useTranslation('conversations')
  const { data: stages = [] } = useQuery(stagesQuery)
  const { data: agents = [] } = useQuery(agentNamesQuery)
  const { data: members = [] } = useQuery(membersQuery)
  const { member } = useSession()
  const { data: flows } = useQuery({ ...flowsQuery(''), enabled: needed.includes('flowId') })
  const named = (items: readonly { id: string; name: string }[]) =>
    items.map(({ id, name }) => ({ value: id, label: name }))
  return (field) => {
    switch (field) {
      case 'status':
        return Status.options.map((value) => ({ value, label: words(`status.${value}`) }))
      case 'channel':
        return ChannelKind.options.map((value) => ({ value, label: words(`channel.${value}`) }))
      case 'outcome': {
        const outcomes = Outcome.options.map((value) => ({ value: String(value), label: words(`outcome.${value}`) }))
        return [...outcomes, { value: NONE, label: t('filter.noOutcome') }]
      }
      case 'control':
        return Control.options.map((value) => ({ value, label: t(`filter.control.${value}`) }))
      case 'handoff':
        return HandoffState.options.map((value) => ({ value, label: t(`filter.handoff.${value}`) }))
      case 'resolution':
        return Resolution.options.map((value) => ({ value, label: t(`filter.resolution.${value}`) }))
      case 'tone': {
        const tones = Tone.options.map((value) => ({ value: String(value), label: t(`filter.tone.${value}`) }))
        return [...tones, { value: NONE, label: t('filter.notAnalyzed') }]
      }
      case 'priority':
        return Priority.options.map((value) => ({ value, label: t(`filter.priority.${value}`) }))
      case 'stage':
        return stages.map(({ key, name }) => ({ value: key, label: name }))
      case 'agentId':
        return [...named(agents), { value: NONE, label: t('filter.noAgent') }]
      case 'assigneeId':
        return [
          { value: ME, label: t('filter.me') },
          { value: NONE, label: t('filter.nobody') },
          ...named(members.filter(({ id }) => id !== member.id)),
        ]
      case 'flowId':
        return [...named(flows?.items ?? []), { value: NONE, label: t('filter.noFlow') }]
      case 'tag':
        return []
      case 'flag':
        return FLAGS.map((value) => ({ value, label: codeWords('flag.code', value) }))
      case 'contactId':
        return []
    }
  }
}

/** The name of the contact that a list was narrowed to, as from their earlier conversations. */
export function useContactFilterName(search: ConversationSearch): string | undefined {
  const { t } = useTranslation('conversations')
  const [id] = search.contactId ?? search[notOf('contactId')] ?? []
  const { data } = useQuery({ ...contactQuery(id ?? ''), enabled: id !== undefined })
  return data && (data.name ?? data.phone ?? data.email ?? t('anonymous'))
}
