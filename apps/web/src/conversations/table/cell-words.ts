/** Days, times and durations as the table writes them; formats are made once, as there are hundreds of cells. */
import type { TFunction } from 'i18next'
import { readerLocale } from '../../ui/reader-locale.ts'

type Formats = Record<'time' | 'day' | 'year', Intl.DateTimeFormat>
let made: { locale: string | undefined; formats: Formats } | undefined

function formats(): Formats {
  const locale = readerLocale()
  if (made?.locale === locale && made) return made.formats
  const time = { hour: '2-digit', minute: '2-digit' } as const
  const day = { day: 'numeric', month: 'short' } as const
  made = {
    locale,
    formats: {
      time: new Intl.DateTimeFormat(locale, time),
      day: new Intl.DateTimeFormat(locale, { ...day, ...time }),
      year: new Intl.DateTimeFormat(locale, { ...day, year: 'numeric' }),
    },
  }
  return made.formats
}

/** "Today 09:10", "19 Nov, 22:17", "14 Nov 2024". */
export function dayAndTime(moment: string, t: TFunction<'table'>, now = new Date()): string {
  const at = new Date(moment)
  const { time, day, year } = formats()
  if (at.toDateString() === now.toDateString()) return t('cell.today', { time: time.format(at) })
  return at.getFullYear() === now.getFullYear() ? day.format(at) : year.format(at)
}

/** "0:41", "11:48", "2:05:10". */
export function lasted(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
