/** Why a review is in the queue, in a few words. */
import type { ReviewReason } from '@earshot/contracts'
import type { TFunction } from 'i18next'
import { flagName } from '../contact/Flags.tsx'

const percent = new Intl.NumberFormat(undefined, { style: 'percent' })

export function reasonWords({ kind, code, value }: ReviewReason, t: TFunction<'judging'>): string {
  if (kind === 'flag') return flagName(code ?? '').toLocaleLowerCase()
  return t(`queue.reason.${kind}`, { value: kind === 'confidence' ? percent.format(value ?? 0) : value })
}

export const allWords = (why: readonly ReviewReason[], t: TFunction<'judging'>): string =>
  why.length === 0 ? t('queue.plainPick') : why.map((one) => reasonWords(one, t)).join(', ')
