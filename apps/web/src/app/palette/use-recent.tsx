/** The conversations opened last in this browser, by their ids alone: who they were with is asked for anew. */
import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import Clock from 'lucide-react/icons/clock'
import { useTranslation } from 'react-i18next'
import { conversationQuery } from '../../conversations/queries.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Stage } from '../../ui/Stage.tsx'
import { recentlyOpened } from '../recently-opened.ts'
import { useSession } from '../session.ts'
import type { Choice } from './choice.ts'

export function useRecentChoices(): Choice[] {
  const { t } = useTranslation('shell')
  const { member } = useSession()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const read = useQueries({
    queries: recentlyOpened(member.id).map((id) => ({
      ...conversationQuery(cache, id),
      staleTime: 30_000,
      retry: false,
    })),
  })
  return read.flatMap(({ data }) => {
    if (!data) return []
    const { id, contact, stage, title, preview } = data
    return {
      key: `recent ${id}`,
      label: contact.name || contact.email || contact.phone || t('palette.noName'),
      more: title ?? preview?.text,
      mark: <Icon of={Clock} />,
      aside: <Stage stageKey={stage.key} category={stage.category} name={stage.name} />,
      run: () => void navigate({ to: '/conversations/$id', params: { id } }),
    }
  })
}
