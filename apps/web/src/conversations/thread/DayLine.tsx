/** The day that begins here: today, yesterday, or its name. */
import { useTranslation } from 'react-i18next'
import { readerLocale } from '../../ui/reader-locale.ts'
import { localDay } from './lines.ts'

export function DayLine({ at }: { at: string }) {
  const { t } = useTranslation('conversations')
  return (
    <div className="day">
      <span>{dayName(at, Date.now()) ?? t('today')}</span>
    </div>
  )
}

/** Null for today. */
export function dayName(at: string, now: number, locale = readerLocale()): string | null {
  const day = localDay(at)
  if (day === localDay(new Date(now).toISOString())) return null
  const date = new Date(at)
  const sameYear = date.getFullYear() === new Date(now).getFullYear()
  return new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: sameYear ? undefined : 'numeric',
  }).format(date)
}
