/** Session timers (RFC 4028): a call of which one side died silently ends, because refreshing INVITEs stop. */
import type { Headers } from './message.ts'

export const MIN_SE = 90

export interface SessionExpires {
  seconds: number
  refresher: 'uac' | 'uas' | null
}

export function readSessionExpires(headers: Headers): SessionExpires | null {
  const found = /^(\d{1,9})\s*(?:;(.*))?$/.exec(headers.get('session-expires') ?? '')
  if (!found) return null
  const refresher = /(?:^|;)\s*refresher\s*=\s*(uac|uas)/i.exec(found[2] ?? '')?.[1]?.toLowerCase()
  return { seconds: Number(found[1]), refresher: refresher === 'uac' || refresher === 'uas' ? refresher : null }
}

export interface SessionTimerOptions {
  seconds: number
  weRefresh: boolean
  refresh(): void
  expired(): void
}

export class SessionTimer {
  readonly #timer: NodeJS.Timeout

  constructor({ seconds, weRefresh, refresh, expired }: SessionTimerOptions) {
    const ms = Math.min(seconds, 86_400) * 1000
    this.#timer = weRefresh
      ? setTimeout(refresh, ms / 2)
      : setTimeout(expired, Math.max(ms - Math.min(32_000, ms / 3), 1000))
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
