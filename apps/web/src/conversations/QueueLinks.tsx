/** What stands under the inbox and under Conversations in the rail, with their exact numbers; the unread one also stands in the title, who waits for a person beside the inbox. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { setUnreadTotal, setWaitingTotal } from '../app/title.ts'
import { countsQuery } from './queries.ts'

/** The two queues of the inbox that most people look at. */
export function QueueLinks() {
  const { t } = useTranslation('conversations')
  const { data } = useQuery(countsQuery())
  const waiting = data?.views.needs_human ?? 0
  useEffect(() => setWaitingTotal(waiting), [waiting])
  return (['needs', 'mine'] as const).map((queue) => (
    <Link key={queue} to="/inbox" search={{ queue }} className="railitem sub">
      <span>{t(`views.${VIEW[queue]}`)}</span>
      <span className="count">{data?.views[VIEW[queue]]?.toLocaleString()}</span>
    </Link>
  ))
}

const VIEW = { needs: 'needs_human', mine: 'mine' } as const

export function UnreadLink() {
  const { t } = useTranslation('conversations')
  const { data } = useQuery(countsQuery())
  const unread = data?.views.unread ?? 0
  useEffect(() => setUnreadTotal(unread), [unread])
  return (
    <Link to="/conversations" search={{ view: 'unread' }} className="railitem sub" activeOptions={{ exact: true }}>
      <span>{t('views.unread')}</span>
      <span className="count">{data?.views.unread?.toLocaleString()}</span>
    </Link>
  )
}
