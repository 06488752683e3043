/** Where a review comes from: who made it, what of, when, at what cost; and the way to the ones before it. */
import type { Review } from '@earshot/contracts'
import History from 'lucide-react/icons/history'
import { useTranslation } from 'react-i18next'
import { analyserName } from '../contact/SessionSummary.tsx'
import { Button } from '../ui/Button.tsx'
import { readerLocale } from '../ui/reader-locale.ts'

export function MadeBy({ review, onHistory }: { review: Review; onHistory: () => void }) {
  const { t } = useTranslation('quality')
  const { costUsd, tokens, durationMs, reason, throughPosition, earlierOverrides, warnings, refining } = review
  const cost = new Intl.NumberFormat(readerLocale(), {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: 4,
  }).format(costUsd)
  const spent = costUsd > 0 || tokens.input + tokens.output > 0
  return (
    <div className="made small t3">
      {earlierOverrides > 0 && <p className="t2">{t('earlier', { count: earlierOverrides })}</p>}
      <p>
        {t('made.line', { analyser: analyserName(review), reason: t(`made.${reason}`), position: throughPosition })}
      </p>
      {refining && <p role="status">{t('made.refining')}</p>}
      {warnings.map((warning) => (
        <p className="t2" key={warning}>
          {warning}
        </p>
      ))}
      <p className="row wrap">
        <span className="grow num">
          {spent
            ? t('made.cost', { cost, tokens: (tokens.input + tokens.output).toLocaleString(), ms: durationMs })
            : t('made.free', { ms: durationMs })}
        </span>
        <Button size="sm" variant="quiet" icon={History} onClick={onHistory}>
          {t('made.history')}
        </Button>
      </p>
    </div>
  )
}
