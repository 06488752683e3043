/** What each filter may be, in words and in the order it is offered. */
import { ChannelKind, Control, HandoffState, Outcome, Priority, Resolution, Status, Tone } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../app/session.ts'
import conversations from '../../i18n/en/conversations.json'
import { codeWords } from '../code-words.ts'
import { keys } from '../keys.ts'
import { membersQuery } from '../members.ts'
import { agentNamesQuery, contactQuery, type ListData, stagesQuery } from '../queries.ts'
import { type ConversationSearch, type ManyField, ME, NONE, notOf } from '../search.ts'

export type FilterValue = { value: string; label: string }

const FLAGS = Object.keys(conversations.flag.code)

/** Answers the values of a field. Where they are not a closed list, those of the rows that were read are offered. */
export function useFilterValues(): (field: ManyField) => FilterValue[] {
  const { t } = useTranslation('table')
  const { t: words } = useTranslation('conversations')
  const { data: stages = [] } = useQuery(stagesQuery)
  const { data: agents = [] } = useQuery(agentNamesQuery)
  const { data: members = [] } = useQuery(membersQuery)
  const { member } = useSession()
  const cache = useQueryClient()
  const named = (items: readonly { id: string; name: string }[]) =>
    items.map(({ id, name }) => ({ value: id, label: name }))
  const seen = () =>
    cache
      .getQueriesData<ListData>({ queryKey: keys.lists })
      .flatMap(([, data]) => data?.pages.flatMap((p) => p.items) ?? [])
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
      case 'flowId': {
        const flows = new Map(seen().flatMap(({ flow }) => (flow ? [[flow.id, flow.name]] : [])))
        const found = [...flows].map(([value, label]) => ({ value, label }))
        return [...found.toSorted((a, b) => a.label.localeCompare(b.label)), { value: NONE, label: t('filter.noFlow') }]
      }
      case 'tag': {
        const tags = new Set(seen().flatMap((row) => row.tags.map(({ key, value }) => `${key}:${value}`)))
        return [...tags].sort().map((value) => ({ value, label: value }))
      }
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
