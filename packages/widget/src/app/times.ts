/** Times, days and sizes as the visitor reads them. */
import { language } from './texts.ts'

const clock = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' })
const day = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' })
const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })

export const clockTime = (at: number): string => clock.format(at)

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0)
/** Two times on the same calendar day have the same. */
export const dayOf = midnight

/** Today, yesterday, or the date. */
export function dayName(at: number, now = Date.now()): string {
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000)
  if (days < -1 || days > 0) return day.format(at)
  const name = relative.format(days, 'day')
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}

export function fileSize(bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte']
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 })
  return format.format(value)
}

/** The letters of an avatar. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase(language)
}

/** "0:07": how long a sound is. */
export function duration(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
