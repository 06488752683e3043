/** The calls in progress and, below them, those who wait for a person; J and K walk. */
import type { Call } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../app/shortcuts.ts'
import { queueQuery } from '../inbox/queue-cache.ts'
import { CallTile } from './CallTile.tsx'

type Props = { calls: readonly Call[]; openId: string | undefined }

export function CallList({ calls, openId }: Props) {
  const { t } = useTranslation('calls')
  const waiting = calls.filter(({ state }) => state === 'queued')
  const running = calls.filter(({ state }) => state !== 'queued')
  const { data: queue } = useQuery({ ...queueQuery, enabled: waiting.length > 0 })
  useWalk([...running, ...waiting], openId)
  return (
    <section className="lcol" aria-label={t('listLabel')}>
      <div className="bar">
        <h1 className="title grow">{t('title')}</h1>
        <span className="t3 num" role="status" aria-label={t('count', { count: calls.length })}>
          {calls.length}
        </span>
      </div>
      <div className="scroll grow">
        {running.map((call) => (
          <CallTile key={call.conversationId} call={call} isOpen={call.conversationId === openId} />
        ))}
        {waiting.length > 0 && (
          <>
            <h2 className="railgroup callgroup">{t('waiting')}</h2>
            {waiting.map((call) => (
              <CallTile
                key={call.conversationId}
                call={call}
                isOpen={call.conversationId === openId}
                item={queue?.find(({ conversationId }) => conversationId === call.conversationId)}
              />
            ))}
          </>
        )}
      </div>
    </section>
  )
}

function useWalk(calls: readonly Call[], openId: string | undefined): void {
  const { t } = useTranslation('calls')
  const navigate = useNavigate()
  const step = (by: 1 | -1) => () => {
    const at = calls.findIndex(({ conversationId }) => conversationId === openId)
    const next = calls[at < 0 ? 0 : Math.min(calls.length - 1, Math.max(0, at + by))]
    if (next)
      void navigate({ to: '/calls/$conversationId', params: { conversationId: next.conversationId }, replace: at >= 0 })
  }
  useShortcuts(
    calls.length === 0
      ? []
      : [
          { keys: 'J', group: 'move', label: t('keys.next'), run: step(1) },
          { keys: 'K', group: 'move', label: t('keys.previous'), run: step(-1) },
        ],
  )
}
