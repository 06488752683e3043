/** Figures as this page writes them: whole percent, two places, a sign in front of what leans. */
import { readerLocale } from '../ui/reader-locale.ts'

const formatted = (value: number, options: Intl.NumberFormatOptions) =>
  new Intl.NumberFormat(readerLocale(), options).format(value)

export const NOTHING = '–'
export const percent = (share: number | null): string =>
  share === null ? NOTHING : formatted(share, { style: 'percent', maximumFractionDigits: 0 })
export const twoPlaces = (value: number | null): string =>
  value === null ? NOTHING : formatted(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
export const signed = (value: number | null): string =>
  value === null ? NOTHING : formatted(value, { maximumFractionDigits: 1, signDisplay: 'exceptZero' })
export const onePlace = (value: number): string => formatted(value, { maximumFractionDigits: 1 })

/** Landis and Koch: from 0.75 on good, from 0.6 on it is worth a look. */
export const kappaBand = (kappa: number | null): '' | 'mid' | 'low' =>
  kappa === null || kappa >= 0.75 ? '' : kappa >= 0.6 ? 'mid' : 'low'
