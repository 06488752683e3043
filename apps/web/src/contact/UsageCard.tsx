/** What the conversation used: tokens, cost, functions, time. */
import type { Conversation, Review } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { readerLocale } from '../ui/reader-locale.ts'
import { Section } from './Section.tsx'

type Props = { conversation: Conversation; review: Review | null }

export function UsageCard({ conversation, review }: Props) {
  const { t } = useTranslation('conversations')
  const { tokens, costUsd, functions, messageCount, durationMs, status } = conversation
  const number = (n: number) => new Intl.NumberFormat(readerLocale()).format(n)
  const money = (n: number) =>
    new Intl.NumberFormat(readerLocale(), {
      style: 'currency',
      currency: 'USD',
      maximumFractionDigits: n > 0 && n < 0.1 ? 4 : 2,
    }).format(n)
  return (
    <Section title={t('usage.title')}>
      <dl className="kv">
        <dt>{t('usage.messages')}</dt>
        <dd className="num">{number(messageCount)}</dd>
        <dt>{t('usage.duration')}</dt>
        <dd>
          {status === 'active' ? (
            <span className="ok">{t('usage.ongoing')}</span>
          ) : (
            <span className="num">{durationOf(durationMs)}</span>
          )}
        </dd>
        <dt>{t('usage.tokens')}</dt>
        <dd className="num">{t('usage.inAndOut', { input: number(tokens.input), output: number(tokens.output) })}</dd>
        <dt>{t('usage.cost')}</dt>
        <dd className="num">{money(costUsd)}</dd>
        {review && (review.costUsd > 0 || review.tokens.input > 0) && (
          <>
            <dt>{t('usage.review')}</dt>
            <dd className="num">{money(review.costUsd)}</dd>
          </>
        )}
        <dt>{t('usage.functions')}</dt>
        <dd className={functions.length > 0 ? 'mono' : 'none'}>
          {functions.length > 0 ? functions.join(', ') : t('usage.noFunctions')}
        </dd>
      </dl>
    </Section>
  )
}

/** "24:11", "3:05:12". */
function durationOf(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const two = (n: number) => String(n).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
