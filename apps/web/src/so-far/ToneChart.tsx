/** The tone of each of the contact's messages, as a line from positive above to negative below. */
import type { SoFar } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'

type Props = { messages: SoFar['messages']; tone: NonNullable<SoFar['tone']> }

const WIDTH = 268
const HEIGHT = 64
const EDGE = 6
const COLOUR = { positive: 'var(--ok)', neutral: 'var(--text-3)', negative: 'var(--bad)' }

export function ToneChart({ messages, tone }: Props) {
  const { t } = useTranslation('soFar')
  const first = messages[0]
  const last = messages.at(-1)
  if (!first || !last || messages.length < 2) return null
  const points = messages.map(({ polarity }, i) => ({
    x: EDGE + (i * (WIDTH - 2 * EDGE)) / (messages.length - 1),
    y: HEIGHT / 2 - polarity * (HEIGHT / 2 - 2 * EDGE),
  }))
  const end = points.at(-1)!
  const said = (value: number) =>
    new Intl.NumberFormat(undefined, { maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(value)
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="so-far-chart"
      role="img"
      aria-label={t('chart', { start: said(first.polarity), end: said(last.polarity) })}
    >
      <path d={`M0 ${HEIGHT / 2}H${WIDTH}`} className="gl" />
      <text x="0" y="10">
        {t('positive')}
      </text>
      <text x="0" y={HEIGHT - 2}>
        {t('negative')}
      </text>
      <polyline points={points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')} stroke={COLOUR[tone]} />
      <circle cx={end.x} cy={end.y} r="3.5" fill={COLOUR[tone]} />
    </svg>
  )
}
