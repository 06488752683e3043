/** How much time a clock shows: short on the ring, in words for a screen reader. */
import type { TFunction } from 'i18next'

/** 0:48, 12m, 3h, 2d. */
export function shortTime(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  if (seconds < 600) return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}h`
  return `${Math.floor(seconds / 86_400)}d`
}

export function spokenTime(ms: number, t: TFunction<'inbox'>): string {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  if (seconds < 60) return t('time.seconds', { count: seconds })
  if (seconds < 3600) return t('time.minutes', { count: Math.floor(seconds / 60) })
  if (seconds < 86_400) return t('time.hours', { count: Math.floor(seconds / 3600) })
  return t('time.days', { count: Math.floor(seconds / 86_400) })
}
