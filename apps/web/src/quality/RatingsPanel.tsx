/** The score against the stars of contacts: a review that is worth something is rated better where it scores higher. */
import type { AnalysisQuality } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { onePlace, twoPlaces } from './figures.ts'

type Calibration = AnalysisQuality['calibration']
type Point = { from: number; to: number; count: number; score: number; stars: number }

const WIDTH = 300
const HEIGHT = 190
const LEFT = 26
const BOTTOM = 22
const x = (score: number) => LEFT + ((WIDTH - LEFT - 8) * score) / 100
const y = (stars: number) => HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - 10) * (stars - 1)) / 4

export function RatingsPanel({ calibration }: { calibration: Calibration }) {
  const { t } = useTranslation('quality')
  const points = calibration.bins.flatMap(({ score, stars, ...bin }) =>
    score === null || stars === null ? [] : [{ ...bin, score, stars }],
  )
  const top = points.at(-1)
  return (
    <section className="aqpanel sp5" aria-labelledby="aq-ratings">
      <header>
        <h2 id="aq-ratings" className="grow">
          {t('ratings.title')}
        </h2>
        <span className="small t3 num">{t('ratings.rho', { rho: twoPlaces(calibration.spearman) })}</span>
      </header>
      {top ? (
        <>
          <Chart points={points} />
          <p className="small t2 foot">
            {t('ratings.said', { from: top.from, stars: onePlace(top.stars), count: top.count })}
          </p>
        </>
      ) : (
        <p className="t2">{t('ratings.none')}</p>
      )}
    </section>
  )
}

function Chart({ points }: { points: readonly Point[] }) {
  const { t } = useTranslation('quality')
  const said = points.map(({ from, to, stars, count }) =>
    t('ratings.point', { from, to, stars: onePlace(stars), count }),
  )
  return (
    <svg
      className="aqchart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={t('ratings.label', { points: said.join('; ') })}
    >
      {[1, 3, 5].map((stars) => (
        <g key={stars}>
          <line className="gl" x1={LEFT} x2={WIDTH} y1={y(stars)} y2={y(stars)} />
          <text x={2} y={y(stars) + 4}>
            {stars} ★
          </text>
        </g>
      ))}
      {[0, 50, 100].map((score) => (
        <text x={x(score)} y={HEIGHT - 4} textAnchor="middle" key={score}>
          {score}
        </text>
      ))}
      <polyline className="points" points={points.map((p) => `${x(p.score)},${y(p.stars)}`).join(' ')} />
      {points.map((p) => (
        <circle className="dots" cx={x(p.score)} cy={y(p.stars)} r={4} key={p.from} />
      ))}
    </svg>
  )
}
