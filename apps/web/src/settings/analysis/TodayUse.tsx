/** What the model of reviews has used since midnight UTC, and what went wrong last. */
import type { ReviewEngine } from '@earshot/contracts'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslation } from 'react-i18next'
import { dollars } from '../../agents/playground/money.ts'
import { Banner } from '../../ui/States.tsx'

export function TodayUse({ today, budget }: Pick<ReviewEngine, 'today' | 'budget'>) {
  const { t, i18n } = useTranslation('analysis')
  const figure = (value: number) => new Intl.NumberFormat(i18n.language).format(value)
  const of = (spent: string, most: string | null) => (most === null ? spent : `${spent} / ${most}`)
  const rows: [string, string][] = [
    [t('spent'), of(dollars(today.costUsd), budget.costUsd === null ? null : dollars(budget.costUsd))],
    [t('tokens'), of(figure(today.tokens), budget.tokens === null ? null : figure(budget.tokens))],
    [t('reviews'), figure(today.reviews - today.fallbacks)],
    [t('fallbacks'), figure(today.fallbacks)],
    [t('waiting'), figure(today.waiting)],
  ]
  return (
    <section className="reviewing" aria-labelledby="review-today">
      <h2 id="review-today">{t('today')}</h2>
      <dl className="lbox">
        {rows.map(([name, value]) => (
          <div className="lrow" key={name}>
            <dt className="grow t2">{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
      {today.lastError && (
        <Banner tone="warn" icon={CircleAlert}>
          {t('lastError', {
            at: new Date(today.lastError.at).toLocaleTimeString(i18n.language, { timeStyle: 'short' }),
            detail: today.lastError.detail,
          })}
        </Banner>
      )}
    </section>
  )
}
