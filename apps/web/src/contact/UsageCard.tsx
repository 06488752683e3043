/** What the conversation used: tokens, cost, functions, time. */
import type { Conversation, Review } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { durationOf, money, amount as number } from './amounts.ts'
import { Section } from './Section.tsx'

type Props = { conversation: Conversation; review: Review | null }

export function UsageCard({ conversation, review }: Props) {
  const { t } = useTranslation('conversations')
  const { tokens, costUsd, functions, messageCount, durationMs, status } = conversation
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
