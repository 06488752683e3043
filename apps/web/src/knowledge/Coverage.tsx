/** How many of the questions asked found an article, beside the weeks before, for all articles or for the open folder. */
import { call } from '@earshot/client'
import { getKnowledgeCoverage } from '@earshot/contracts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Badge } from '../ui/Badge.tsx'

/** Figures of four weeks; good enough for some minutes. */
export const coverageQuery = queryOptions({
  queryKey: ['knowledge-coverage'],
  queryFn: ({ signal }) => call(getKnowledgeCoverage, { query: {}, signal }),
  staleTime: 5 * 60_000,
})

export function Coverage({ folderId }: { folderId: string | null }) {
  const { t } = useTranslation('knowledge')
  const { data } = useQuery(coverageQuery)
  if (!data || data.asked === 0) return null
  const { days, asked, covered, before, unused } = data
  const share = Math.round((100 * covered) / asked)
  const change = before.asked > 0 ? share - Math.round((100 * before.covered) / before.asked) : 0
  const folder = data.folders.find(({ id }) => id === folderId)
  return (
    <section className="kcover" aria-label={t('coverage.title')}>
      <h2 className="small t3">{t('coverage.title')}</h2>
      <p className="row g2">
        <span className="head num">{t('coverage.share', { share })}</span>
        {change !== 0 && (
          <Badge tone={change > 0 ? 'ok' : 'warn'}>
            {t(change > 0 ? 'coverage.up' : 'coverage.down', { count: Math.abs(change) })}
          </Badge>
        )}
      </p>
      <p className="small t3">{t('coverage.of', { count: asked, days })}</p>
      {folderId !== null && <p className="small t3">{t('coverage.folder', { count: folder?.questions ?? 0, days })}</p>}
      {unused > 0 && folderId === null && <p className="small t3">{t('coverage.unused', { count: unused })}</p>}
      {asked > covered && (
        <Link className="link small" to="/insights">
          {t('coverage.gaps', { count: asked - covered })}
        </Link>
      )}
    </section>
  )
}
