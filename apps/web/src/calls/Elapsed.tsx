/** How long something lasts, ticking by itself: the screen around it is not drawn again. */
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { durationOf } from '../contact/amounts.ts'
import { useTick } from '../inbox/tick.ts'

type Props = { since: string; until?: string | null; className?: string }

export function Elapsed({ since, until, className }: Props) {
  const { t } = useTranslation('calls')
  const text = useRef<HTMLSpanElement>(null)
  useTick((now) => {
    const time = durationOf(Math.max(0, (until ? Date.parse(until) : now) - Date.parse(since)))
    if (text.current && text.current.textContent !== time) text.current.textContent = time
  })
  return <span className={className ?? 'num'} role="timer" aria-live="off" aria-label={t('elapsed')} ref={text} />
}
