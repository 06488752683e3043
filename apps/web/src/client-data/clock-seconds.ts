/** "08:33:10" in the reader's own habit: events of one minute must be told apart. */
import { readerLocale } from '../ui/reader-locale.ts'

export const clockSeconds = (at: string): string =>
  new Intl.DateTimeFormat(readerLocale(), { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(
    new Date(at),
  )
