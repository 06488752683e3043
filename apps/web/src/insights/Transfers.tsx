/** How many conversations reach a person, why, and who takes them. */
import type { Transfers as TransfersOf } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../app/Loaded.tsx'
import { EmptyState } from '../ui/States.tsx'
import { Bar } from './Topics.tsx'
import { Trend } from './Trend.tsx'
import { type Period, transfersQuery } from './use-insights.ts'

export function Transfers({ period }: { period: Period }) {
  const { t } = useTranslation('insights')
  return (
    <section className="panel ins-panel half" aria-labelledby="transfers">
      <header>
        <h2 id="transfers">{t('transfers.title')}</h2>
      </header>
      <Loaded query={useQuery(transfersQuery(period))} rows={3}>
        {(transfers) =>
          transfers.transferred === 0 ? (
            <EmptyState art="wave" title={t('transfers.none')} text={t('transfers.noneText')} />
          ) : (
            <Shown transfers={transfers} />
          )
        }
      </Loaded>
    </section>
  )
}

const rateOf = ({ conversations, transferred }: { conversations: number; transferred: number }) =>
  conversations === 0 ? 0 : transferred / conversations

function Shown({ transfers }: { transfers: TransfersOf }) {
  const { t, i18n } = useTranslation('insights')
  const rate = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 })
  const points = Math.round((rateOf(transfers) - rateOf(transfers.before)) * 100)
  const known = transfers.before.conversations > 0
  const values = transfers.trend.map(({ transferred }) => transferred)
  const change = points === 0 ? 'same' : points > 0 ? 'up' : 'down'
  return (
    <>
      <div className="row wrap">
        <span className="strong num">
          {t('transfers.rate', { rate: rate.format(rateOf(transfers)), count: transfers.conversations })}
        </span>
        {known && <span className="small t3 grow">{t(`transfers.${change}`, { points: Math.abs(points) })}</span>}
        <Trend
          values={values}
          label={t('transfers.trend', {
            bucket: t(`unanswered.bucket.${transfers.bucket}`),
            values: values.join(', '),
          })}
        />
      </div>
      <Shares title={t('transfers.reasons')} shares={transfers.reasons} />
      <Shares title={t('transfers.targets')} shares={transfers.targets} />
    </>
  )
}

function Shares({ title, shares }: { title: string; shares: TransfersOf['reasons'] }) {
  if (shares.length === 0) return null
  return (
    <>
      <h3 className="small t3">{title}</h3>
      <ul>
        {shares.map(({ name, count }) => (
          <li className="hb" key={name}>
            <bdi className="tr">{name.replaceAll('_', ' ')}</bdi>
            <Bar share={count / shares[0]!.count} quiet />
            <span className="num">{count}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
