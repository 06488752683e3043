/** Whether sound gets through from this browser; says what was tested and what was not. */
import { call as ask } from '@earshot/client'
import { getCallMedia } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Wifi from 'lucide-react/icons/wifi'
import WifiOff from 'lucide-react/icons/wifi-off'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Banner } from '../../ui/States.tsx'

export const mediaQuery = {
  queryKey: ['calls', 'media'],
  queryFn: ({ signal }: { signal: AbortSignal }) => ask(getCallMedia, { signal }),
}

const PATIENCE_MS = 5000

export function NetworkTest() {
  const { t } = useTranslation('callSetup')
  const test = useQuery({
    queryKey: ['calls', 'network'],
    queryFn: async ({ signal }) => {
      const { url } = await ask(getCallMedia, { signal })
      return url === null ? null : { host: new URL(url).host, ms: await reach(url) }
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  const again = (
    <Button size="sm" busy={test.isFetching} onClick={() => void test.refetch()}>
      {t('net.again')}
    </Button>
  )
  if (test.isPending)
    return (
      <Banner tone="info" busy>
        {t('net.testing')}
      </Banner>
    )
  const { data } = test
  if (!data || data.ms === null)
    return (
      <Banner tone="warn" icon={WifiOff} actions={again}>
        {data ? t('net.failed', { host: data.host }) : t('net.none')}
      </Banner>
    )
  return (
    <Banner tone="info" icon={Wifi} actions={again}>
      {t('net.ok', { host: data.host, ms: data.ms })} <span className="t3">{t('net.what')}</span>
    </Banner>
  )
}

/** The hub lets in who asks and then sends away who has no ticket: both show that it is there. Null: it was not reached. */
function reach(url: string): Promise<number | null> {
  const began = performance.now()
  return new Promise((resolve) => {
    const socket = new WebSocket(url)
    const done = (reached: boolean) => {
      clearTimeout(timer)
      socket.onopen = socket.onerror = null
      socket.close()
      resolve(reached ? Math.round(performance.now() - began) : null)
    }
    const timer = setTimeout(() => done(false), PATIENCE_MS)
    socket.onopen = () => done(true)
    socket.onerror = () => done(false)
  })
}
