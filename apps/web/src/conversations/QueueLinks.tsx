/** The queues under Conversations in the rail, with their exact numbers; the unread one also stands in the title. */
import type { View } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { setUnreadTotal } from '../app/title.ts'
import { countsQuery } from './queries.ts'

const QUEUES: readonly View[] = ['needs_human', 'mine', 'unread']

export function QueueLinks() {
  const { t } = useTranslation('conversations')
  const { data } = useQuery(countsQuery())
  const unread = data?.views.unread ?? 0
  useEffect(() => setUnreadTotal(unread), [unread])
  return QUEUES.map((view) => (
    <Link key={view} to="/conversations" search={{ view }} className="railitem sub" activeOptions={{ exact: true }}>
      <span>{t(`views.${view}`)}</span>
      <span className="count">{data?.views[view]?.toLocaleString()}</span>
    </Link>
  ))
}
