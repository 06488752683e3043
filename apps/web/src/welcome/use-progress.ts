/** What a new workspace has done already, read from what is there. */
import { call } from '@earshot/client'
import { type Article, type Channel, listConversations } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { agentsQuery, someArticlesQuery } from '../app/queries.ts'
import { useSession } from '../app/session.ts'

/** The sample articles come with the workspace, within seconds; an own one was changed or written after that. */
const isOwn = (article: Article, since: string) =>
  article.updatedAt !== article.createdAt || Date.parse(article.createdAt) - Date.parse(since) > 10_000

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
    wrote: articles?.some((article) => isOwn(article, workspace.createdAt)) ?? false,
    hasModel: agents?.some((agent) => agent.model.provider !== 'embedded') ?? false,
  }
}
