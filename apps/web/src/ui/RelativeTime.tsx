/** A time that keeps itself true: it redraws when its wording changes, not every second. */
import { useEffect, useState } from 'react'
import { absoluteTime, nextChange, relativeTime } from './relative-time.ts'

export function RelativeTime({ at, locale }: { at: string; locale?: string }) {
  const [now, setNow] = useState(() => new Date())
  const moment = new Date(at)
  useEffect(() => {
    const wait = nextChange(new Date(at), now)
    const timer = setTimeout(() => setNow(new Date()), wait + 50)
    return () => clearTimeout(timer)
  }, [at, now])
  return (
    <time dateTime={at} title={absoluteTime(moment, locale)}>
      {relativeTime(moment, now, locale)}
    </time>
  )
}
