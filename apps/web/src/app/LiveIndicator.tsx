/** How live the screen is, by shape and word; it leads to the page that finds out why it is not. */
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import { type LiveState, type LiveStatus, liveStatus } from './live-status.ts'
import { useStore } from './store.ts'

export const LIVE_CLASS: Record<LiveState, string> = {
  connecting: 're',
  live: '',
  reconnecting: 're',
  behind: 'late',
  polling: 'poll',
  offline: 'off',
  signed_out: 'off',
}

export function useLiveWords(): (status: LiveStatus) => string {
  const { t } = useTranslation('shell')
  return ({ state, seconds }) => (state === 'behind' ? t('live.behind', { seconds }) : t(`live.${state}`))
}

export function LiveIndicator() {
  const { t } = useTranslation('shell')
  const status = useStore(liveStatus)
  const words = useLiveWords()(status)
  return (
    <Link
      to="/settings/connection"
      className={clsx('conn', LIVE_CLASS[status.state])}
      aria-label={t('live.test', { state: words })}
    >
      <span className="d" />
      <span className="num hide-s">{words}</span>
    </Link>
  )
}
