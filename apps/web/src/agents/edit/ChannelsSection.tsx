/** Where people reach it. A channel has one agent: switching it on here takes it from another. Saved at once, apart from versions. */
import { call } from '@earshot/client'
import { type Channel, changeChannel } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { agentsQuery, channelsQuery } from '../../app/queries.ts'
import { Switch } from '../../ui/Choice.tsx'
import { NamedSection } from './Section.tsx'
import type { SectionProps } from './section-props.ts'

export function ChannelsSection({ agentId }: SectionProps) {
  const { t } = useTranslation('agents')
  const { data: channels } = useQuery(channelsQuery)
  const { data: agents } = useQuery(agentsQuery)
  const queries = useQueryClient()
  const serve = useMutation({
    mutationFn: ({ id, on }: { id: string; on: boolean }) =>
      call(changeChannel, { params: { id }, body: { agentId: on ? agentId : null } }),
    onSuccess: (changed) =>
      queries.setQueryData(channelsQuery.queryKey, (all) =>
        all?.map((channel) => (channel.id === changed.id ? changed : channel)),
      ),
    onError: tellProblem,
  })
  const shown = (channels ?? []).filter((channel) => channel.archivedAt === null)
  const servedBy = ({ agentId: by }: Channel): string => {
    if (by === agentId) return t('channels.own')
    const other = agents?.find((agent) => agent.id === by)
    return other ? t('channels.other', { name: other.name }) : t('channels.nobody')
  }
  if (shown.length === 0)
    return (
      <NamedSection name="channels">
        <p className="t3">{t('channels.none')}</p>
      </NamedSection>
    )
  return (
    <NamedSection name="channels">
      <div className="lbox">
        {shown.map((channel) => (
          <div className="lrow" key={channel.id}>
            <div className="grow">
              <div className="strong tr">{channel.name}</div>
              <div className="small t3 tr">{servedBy(channel)}</div>
            </div>
            <Switch
              label={t('channels.serve', { name: channel.name })}
              checked={channel.agentId === agentId}
              disabled={serve.isPending}
              onChange={(on) => serve.mutate({ id: channel.id, on })}
            />
          </div>
        ))}
      </div>
    </NamedSection>
  )
}
