/** What became of it: how often "resolved" held, and what changes over the weeks. */
import type { AnalysisQuality } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { Badge } from '../ui/Badge.tsx'
import { percent } from './figures.ts'

export function WorthPanel({ worth }: { worth: AnalysisQuality['worth'] }) {
  const { t } = useTranslation(['quality', 'conversations'])
  return (
    <section className="aqpanel sp6" aria-labelledby="aq-worth">
      <header>
        <h2 id="aq-worth" className="grow">
          {t('worth.title')}
        </h2>
        <span className="small t3">{t('worth.within')}</span>
      </header>
      {worth.map(({ resolution, count, held }) => {
        const share = count === 0 ? null : held / count
        return (
          <div className="aqbar" key={resolution}>
            <span>
              {t(`conversations:resolution.${resolution}.word`)} <span className="t3 num">{count}</span>
            </span>
            <span className="track">
              <i style={{ width: `${(share ?? 0) * 100}%`, opacity: 0.4 + 0.6 * (share ?? 0) }} />
            </span>
            <span className="num">
              {share === null ? (
                <span className="t3">{t('worth.none')}</span>
              ) : (
                <>
                  <b className="strong">{percent(share)}</b> <span className="t3">{t('worth.held')}</span>
                </>
              )}
            </span>
          </div>
        )
      })}
      <p className="small t2 foot">{t('worth.note')}</p>
    </section>
  )
}

type Measure = AnalysisQuality['drift'][number]

/** Of a share that moved by half of itself and at least five points, somebody should know. */
const isWatched = ({ now, before }: Measure): boolean =>
  now !== null && before !== null && Math.abs(now - before) >= Math.max(0.05, before / 2)

export function DriftPanel({ drift, days }: { drift: AnalysisQuality['drift']; days: number }) {
  const { t } = useTranslation('quality')
  const watched = drift.some(isWatched)
  return (
    <section className="aqpanel sp6" aria-labelledby="aq-drift">
      <header>
        <h2 id="aq-drift" className="grow">
          {t('drift.title')}
        </h2>
        <Badge tone={watched ? 'warn' : 'ok'}>{t(watched ? 'drift.watch' : 'drift.steady')}</Badge>
      </header>
      {drift.map((one) => (
        <div className="aqbar line" key={one.measure}>
          <span>{t(`drift.${one.measure}`)}</span>
          <Spark values={one.weeks} watch={isWatched(one)} />
          <span
            className={isWatched(one) ? 'num warn' : 'num'}
            title={t('drift.before', { now: percent(one.now), before: percent(one.before), days })}
          >
            {percent(one.now)}
          </span>
        </div>
      ))}
      <p className="small t2 foot">{t('drift.note')}</p>
    </section>
  )
}

function Spark({ values, watch }: { values: readonly number[]; watch: boolean }) {
  const most = Math.max(...values, 0.01)
  const points = values.map((value, i) => `${(120 * i) / (values.length - 1)},${18 - (16 * value) / most}`)
  return (
    <svg className={watch ? 'aqspark watch' : 'aqspark'} viewBox="0 0 120 20" preserveAspectRatio="none" aria-hidden>
      <polyline points={points.join(' ')} />
    </svg>
  )
}
