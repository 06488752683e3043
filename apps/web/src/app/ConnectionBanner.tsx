/** A sentence above the work when it is no longer live: what happened, what is safe. Short breaks say nothing. */
import { Link } from '@tanstack/react-router'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import WifiOff from 'lucide-react/icons/wifi-off'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { buttonClass } from '../ui/Button.tsx'
import { clockTime } from '../ui/relative-time.ts'
import { Banner } from '../ui/States.tsx'
import { type LiveStatus, liveStatus } from './live-status.ts'
import { useStore } from './store.ts'

const PATIENCE_MS = 4_000

export function ConnectionBanner() {
  const { t } = useTranslation('shell')
  const status = useStore(liveStatus)
  const lasting = useLasting(status)
  if (!lasting) return null
  const offline = status.state === 'offline'
  return (
    <div className="banners">
      <Banner
        tone="warn"
        icon={offline ? WifiOff : RefreshCw}
        actions={
          <Link to="/settings/connection" className={buttonClass({ size: 'sm' })}>
            {t('live.testLink')}
          </Link>
        }
      >
        {offline ? t('live.offlineBanner', { time: clockTime(new Date(status.since)) }) : t('live.reconnectingBanner')}
      </Banner>
    </div>
  )
}

/** True once the line has been down for longer than a hiccup. */
function useLasting({ state, since }: LiveStatus): boolean {
  const down = state === 'offline' || state === 'reconnecting'
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    setLasting(false)
    if (!down) return
    const timer = setTimeout(() => setLasting(true), Math.max(0, since + PATIENCE_MS - Date.now()))
    return () => clearTimeout(timer)
  }, [down, since])
  return down && lasting
}
