/** Insights: what is worth doing, found over many conversations. */
import './texts.ts'
import '../styles/insights.css'
import { call } from '@earshot/client'
import { type ChannelKind, listAgents, listChannels } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTitle } from '../app/title.ts'
import { Select } from '../ui/Select.tsx'
import { Topics } from './Topics.tsx'
import { Transfers } from './Transfers.tsx'
import { Unanswered } from './Unanswered.tsx'
import type { Period } from './use-insights.ts'

const DAYS = [1, 7, 28, 90] as const
const ALL = 'all'

export function InsightsScreen() {
  const { t } = useTranslation('insights')
  const [period, setPeriod] = useState<Period>({ days: 28 })
  useTitle(t('title'))
  return (
    <div className="col ins-screen">
      <div className="bar">
        <h1 className="title">{t('title')}</h1>
        <fieldset className="pills" aria-label={t('period.label')}>
          {DAYS.map((days) => (
            <button
              type="button"
              key={days}
              aria-current={period.days === days ? 'true' : undefined}
              onClick={() => setPeriod({ ...period, days })}
            >
              {t(`period.${days}`)}
            </button>
          ))}
        </fieldset>
        <span className="grow" />
        <Where period={period} onChange={setPeriod} />
      </div>
      <div className="scroll grow">
        <div className="ins">
          <div>
            <h2 className="head">{t('head')}</h2>
            <p className="t3">{t('lead')}</p>
          </div>
          <Unanswered period={period} />
          <Topics period={period} />
          <Transfers period={period} />
        </div>
      </div>
    </div>
  )
}

function Where({ period, onChange }: { period: Period; onChange: (period: Period) => void }) {
  const { t } = useTranslation('insights')
  const { data: agents = [] } = useQuery({
    queryKey: ['agents', 'names'],
    queryFn: async ({ signal }) => (await call(listAgents, { query: { limit: 100 }, signal })).items,
  })
  const { data: channels = [] } = useQuery({
    queryKey: ['channels', 'kinds'],
    queryFn: async ({ signal }) => (await call(listChannels, { signal })).items,
  })
  const kinds = [...new Set(channels.map(({ kind }) => kind))]
  return (
    <div className="row ins-where">
      <Select
        label={t('agent')}
        value={period.agentId ?? ALL}
        onChange={(value) => onChange({ ...period, agentId: value === ALL ? undefined : value })}
        options={[{ value: ALL, label: t('allAgents') }, ...agents.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <Select
        label={t('channel')}
        value={period.channel ?? ALL}
        onChange={(value) => onChange({ ...period, channel: value === ALL ? undefined : (value as ChannelKind) })}
        options={[{ value: ALL, label: t('allChannels') }, ...kinds.map((kind) => ({ value: kind, label: kind }))]}
      />
    </div>
  )
}
