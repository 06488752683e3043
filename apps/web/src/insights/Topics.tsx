/** What conversations were about: the intents reviews named, and tags. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../app/Loaded.tsx'
import { useMay } from '../app/session.ts'
import { buttonClass } from '../ui/Button.tsx'
import { EmptyState } from '../ui/States.tsx'
import { type Period, topicsQuery } from './use-insights.ts'

export function Topics({ period }: { period: Period }) {
  const { t } = useTranslation('insights')
  const mayName = useMay('admin')
  const toIntents = (
    <Link className={buttonClass({ size: 'sm' })} to="/settings/intents">
      {t('topics.toIntents')}
    </Link>
  )
  return (
    <section className="panel ins-panel half" aria-labelledby="topics">
      <header>
        <h2 id="topics">{t('topics.title')}</h2>
        <span className="grow" />
        {mayName && toIntents}
      </header>
      <Loaded query={useQuery(topicsQuery(period))} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState art="chart" title={t('topics.none')} text={t('topics.noneText')} />
          ) : (
            <ul>
              {items.map((topic) => (
                <li
                  className="hb"
                  key={`${topic.kind} ${topic.name}`}
                  title={t('topics.before', { count: topic.before })}
                >
                  <span className="tr">
                    <bdi>{topic.name}</bdi> <span className="t3">{t(`topics.${topic.kind}`)}</span>
                  </span>
                  <Bar share={topic.count / items[0]!.count} quiet={topic.kind === 'tag'} />
                  <span className="num">{topic.count}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}

export const Bar = ({ share, quiet = false }: { share: number; quiet?: boolean }) => (
  <span className="hb-track" aria-hidden>
    <span className={quiet ? 'b quiet' : 'b'} style={{ inlineSize: `${Math.round(share * 100)}%` }} />
  </span>
)
