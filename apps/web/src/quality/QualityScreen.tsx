/** Analysis quality: how far the figures of reviews can be trusted. Of agents or of people, never of both together. */
import './texts.ts'
import type { AnalysisQuality, Judged } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import ScanEye from 'lucide-react/icons/scan-eye'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../app/Loaded.tsx'
import { useLive } from '../app/live-feed.ts'
import { useTitle } from '../app/title.ts'
import { buttonClass } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Select } from '../ui/Select.tsx'
import { EmptyState } from '../ui/States.tsx'
import { AgreementPanel } from './AgreementPanel.tsx'
import { CorrectionsPanel } from './CorrectionsPanel.tsx'
import { DriftPanel, WorthPanel } from './CoursePanels.tsx'
import { type Period, qualityKeys, qualityQuery } from './queries.ts'
import { RatingsPanel } from './RatingsPanel.tsx'
import { VerdictsPanel } from './VerdictsPanel.tsx'

const DAYS = [7, 28, 90] as const
const JUDGED = ['agent', 'human', 'mixed'] as const

export function QualityScreen() {
  const { t } = useTranslation('quality')
  const [period, setPeriod] = useState<Period>({ judged: 'agent', days: 28, version: undefined })
  const [blind, setBlind] = useState(false)
  const [part, setPart] = useState<string>()
  const figures = useQuery(qualityQuery(period, blind))
  useReadAgain()
  useTitle(t('page.title'))
  return (
    <>
      <Bar period={period} onChange={setPeriod} versions={figures.data?.versions ?? []} />
      <div className="scroll grow">
        <Loaded query={figures} rows={8}>
          {(data) => (
            <div className="aq">
              <Head data={data} />
              {data.reviews === 0 ? (
                <EmptyState art="chart" title={t('page.nothing')} text={t('page.nothingText')} />
              ) : (
                <>
                  <AgreementPanel data={data} blind={blind} onBlind={setBlind} onSee={setPart} />
                  <RatingsPanel calibration={data.calibration} />
                  <WorthPanel worth={data.worth} />
                  <DriftPanel drift={data.drift} days={data.days} />
                  <VerdictsPanel fields={data.fields} />
                  <CorrectionsPanel period={period} part={part} onPart={setPart} />
                </>
              )}
            </div>
          )}
        </Loaded>
      </div>
    </>
  )
}

/** What somebody corrects elsewhere changes the figures at once; new reviews may wait for the next look. */
function useReadAgain(): void {
  const cache = useQueryClient()
  useLive({
    onEvent: (event) => {
      if (event.type === 'review.overruled' || event.type === 'resync')
        void cache.invalidateQueries({ queryKey: qualityKeys.all })
    },
  })
}

type BarProps = { period: Period; onChange: (period: Period) => void; versions: AnalysisQuality['versions'] }

function Bar({ period, onChange, versions }: BarProps) {
  const { t } = useTranslation('quality')
  const pick = (change: Partial<Period>) => onChange({ ...period, ...change })
  return (
    <div className="bar aqtop">
      <h1 className="title">{t('page.title')}</h1>
      <fieldset className="pills" aria-label={t('page.period')}>
        {DAYS.map((days) => (
          <button
            type="button"
            key={days}
            aria-current={days === period.days ? 'true' : undefined}
            onClick={() => pick({ days })}
          >
            {t('page.days', { count: days })}
          </button>
        ))}
      </fieldset>
      <fieldset className="pills" aria-label={t('page.of')}>
        {JUDGED.map((judged: Judged) => (
          <button
            type="button"
            key={judged}
            aria-current={judged === period.judged ? 'true' : undefined}
            onClick={() => pick({ judged, version: undefined })}
          >
            {t(`page.judged.${judged}`)}
          </button>
        ))}
      </fieldset>
      {(versions.length > 1 || period.version !== undefined) && (
        <Select
          label={t('page.version')}
          value={period.version ?? ''}
          onChange={(version) => pick({ version: version === '' ? undefined : version })}
          options={[
            { value: '', label: t('page.anyVersion') },
            ...versions.map(({ version, reviews }) => ({
              value: version,
              label: t('page.versionOf', { version, count: reviews }),
            })),
          ]}
        />
      )}
      <span className="grow" />
      <Link className={buttonClass()} to="/quality/blind" search={{ judged: period.judged }}>
        <Icon of={ScanEye} />
        {t('page.second')}
      </Link>
    </div>
  )
}

function Head({ data }: { data: AnalysisQuality }) {
  const { t } = useTranslation('quality')
  const per = data.correctionsPerHundred
  return (
    <div>
      <h2 className="head">{t('page.head')}</h2>
      <p className="t3">
        {t('page.compared', { count: data.compared })}
        {data.blind > 0 ? `, ${t('page.blindOf', { count: data.blind })}` : '.'}{' '}
        {t('page.overridden', { count: data.overrides })}{' '}
        {per !== null && data.overrides > 0 && t('page.perHundred', { count: Math.round(per * 10) / 10 })}
      </p>
    </div>
  )
}
