/** In the top bar: how many chats and calls are going on, and the way to the calls. */
import './texts.ts'
import '../styles/calls.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Trans, useTranslation } from 'react-i18next'
import { countsQuery } from '../conversations/queries.ts'
import { callsQuery } from './queries.ts'

export default function LiveCounts() {
  const { t } = useTranslation('calls')
  const cache = useQueryClient()
  const { data: counts } = useQuery(countsQuery())
  const { data: running } = useQuery(callsQuery(cache))
  const calls = running?.length ?? 0
  const chats = Math.max(0, (counts?.views.open ?? 0) - calls)
  if (calls === 0) return null
  const words = t('liveNow', { chats: t('chatCount', { count: chats }), calls: t('count', { count: calls }) })
  return (
    <Link to="/calls" className="livepill hide-s" aria-label={words}>
      <span className="pulse" />
      <span>
        <Trans t={t} i18nKey="chats" count={chats} components={{ b: <b className="num" /> }} />
      </span>
      <span>
        <Trans t={t} i18nKey="calls" count={calls} components={{ b: <b className="num" /> }} />
      </span>
    </Link>
  )
}
