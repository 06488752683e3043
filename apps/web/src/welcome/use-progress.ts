/** What a new workspace has done already, read from what is there. */
import { call } from '@earshot/client'
import { type Channel, listConversations } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { agentsQuery, someArticlesQuery } from '../app/queries.ts'
import { useSession } from '../app/session.ts'

export function useProgress(channels: readonly Channel[]) {
  const { workspace } = useSession()
  const { data: agents } = useQuery(agentsQuery)
  const { data: articles } = useQuery(someArticlesQuery)
  // Sample conversations are older than the workspace: only what came after it counts.
  const { data: first } = useQuery({
    queryKey: ['welcome', 'since', workspace.createdAt],
    queryFn: ({ signal }) =>
      call(listConversations, {
        query: { from: workspace.createdAt, channel: ['widget', 'web'], limit: 50 },
        signal,
      }),
    refetchInterval: 5_000,
  })
  const since = first?.items ?? []
  const isWidget = (id: string) => channels.some((channel) => channel.id === id && channel.kind === 'widget')
  return {
    talked: since.length > 0,
    widgetSeen: since.some((conversation) => isWidget(conversation.channel.id)),
    wrote: articles?.some((article) => article.updatedBy !== null) ?? false,
    hasModel: agents?.some((agent) => agent.model.provider !== 'embedded') ?? false,
  }
}
