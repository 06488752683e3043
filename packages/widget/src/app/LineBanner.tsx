/** Says that there is no connection, when it is tried again, and offers to try now. The countdown is seen, not heard. */
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { LineState } from './line.ts'
import { t } from './texts.ts'

export function LineBanner({ line, onRetry }: { line: LineState; onRetry: () => void }): VNode {
  const retryAt = line.state === 'down' ? line.retryAt : 0
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    if (retryAt === 0) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [retryAt])
  const seconds = Math.max(0, Math.ceil((retryAt - now) / 1000))
  return (
    <div role="status">
      {retryAt > 0 && (
        <div class="banner">
          <span class="spin" aria-hidden="true" />
          <span class="sr">{t('noConnection')}</span>
          <span aria-hidden="true">{seconds > 0 ? t('retryIn', { seconds }) : t('noConnection')}</span>
          <button type="button" class="btn" onClick={onRetry}>
            {t('now')}
          </button>
        </div>
      )}
    </div>
  )
}
