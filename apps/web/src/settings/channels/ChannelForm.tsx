/** The settings of a channel that people change: name, agent, pace, and the widget's look. */
import type { Channel } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { agentsQuery } from '../../app/queries.ts'
import type { Draft } from '../../app/use-draft.ts'
import { AgentAvatar } from '../../ui/Avatar.tsx'
import { Switch } from '../../ui/Choice.tsx'
import { Input } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { FormRow } from '../SettingsPage.tsx'

export type ChannelFields = {
  name: string
  agentId: string | null
  burstMs: number
  reopenHours: number | null
  /** One origin a line, as typed. */
  origins: string
  color: string
  greeting: string
  showPoweredBy: boolean
  tracking: boolean
  voice: boolean
}

const ORIGIN = /^https?:\/\/[^/\s]+$/

export const originsOf = (typed: string) => typed.split(/\s+/).filter(Boolean)

export function fieldsOf({ name, agentId, burstMs, reopenHours, widget }: Channel): ChannelFields {
  const { allowedOrigins, ...look } = widget
  return { name, agentId, burstMs, reopenHours, origins: allowedOrigins.join('\n'), ...look }
}

export function isSound(fields: ChannelFields): boolean {
  return (
    fields.name.trim() !== '' &&
    originsOf(fields.origins).every((origin) => ORIGIN.test(origin)) &&
    /^#[0-9a-f]{6}$/i.test(fields.color) &&
    Number.isInteger(fields.burstMs) &&
    fields.burstMs >= 0 &&
    fields.burstMs <= 30_000 &&
    (fields.reopenHours === null || (Number.isInteger(fields.reopenHours) && fields.reopenHours >= 0))
  )
}

type Props = { channel: Channel; draft: Draft<ChannelFields> }

export function ChannelForm({ channel, draft: { value, change } }: Props) {
  const { t } = useTranslation('channels')
  return (
    <>
      <FormRow label={t('name')}>
        <Input
          aria-label={t('name')}
          maxLength={100}
          value={value.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </FormRow>
      <FormRow label={t('agent')} hint={t('agentHint')}>
        <AgentSelect value={value.agentId} onChange={(agentId) => change({ agentId })} />
      </FormRow>
      {channel.kind !== 'api' && (
        <>
          <Pace value={value} change={change} />
          <WidgetLook value={value} change={change} />
        </>
      )}
    </>
  )
}

type PartProps = { value: ChannelFields; change: (edits: Partial<ChannelFields>) => void }

function AgentSelect({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const { t } = useTranslation('channels')
  const { data: agents } = useQuery(agentsQuery)
  const choices = (agents ?? []).filter((agent) => agent.archivedAt === null || agent.id === value)
  return (
    <Select
      label={t('agent')}
      value={value ?? 'none'}
      onChange={(next) => onChange(next === 'none' ? null : next)}
      options={[
        ...choices.map((agent) => ({ value: agent.id, label: agent.name, icon: <AgentAvatar size="xs" /> })),
        { value: 'none', label: t('noAgentChoice') },
      ]}
    />
  )
}

function Pace({ value, change }: PartProps) {
  const { t } = useTranslation('channels')
  return (
    <>
      <FormRow label={t('burst')} hint={t('burstHint')}>
        <div className="row">
          <Input
            className="num narrow"
            type="number"
            inputMode="decimal"
            min={0}
            max={30}
            step={0.5}
            aria-label={t('burstLabel')}
            value={Number.isNaN(value.burstMs) ? '' : value.burstMs / 1000}
            onChange={(event) => change({ burstMs: Math.round(event.target.valueAsNumber * 1000) })}
          />
          <span className="t3">{t('seconds')}</span>
        </div>
      </FormRow>
      <FormRow label={t('reopen')} hint={t('reopenHint')}>
        <div className="row">
          <Input
            className="num narrow"
            type="number"
            inputMode="numeric"
            min={0}
            max={8760}
            placeholder={t('always')}
            aria-label={t('reopenLabel')}
            value={value.reopenHours === null || Number.isNaN(value.reopenHours) ? '' : value.reopenHours}
            onChange={(event) => change({ reopenHours: event.target.value === '' ? null : event.target.valueAsNumber })}
          />
          <span className="t3">{t('hours')}</span>
        </div>
      </FormRow>
    </>
  )
}

function WidgetLook({ value, change }: PartProps) {
  const { t } = useTranslation('channels')
  const wrong = originsOf(value.origins).find((origin) => !ORIGIN.test(origin))
  return (
    <>
      <FormRow label={t('greeting')} hint={t('greetingHint')}>
        <textarea
          className="textarea wide"
          rows={2}
          maxLength={500}
          aria-label={t('greeting')}
          dir="auto"
          value={value.greeting}
          onChange={(event) => change({ greeting: event.target.value })}
        />
      </FormRow>
      <FormRow label={t('color')} hint={t('colorHint')}>
        <div className="row">
          <input
            type="color"
            className="swatch"
            aria-label={t('color')}
            value={value.color}
            onChange={(event) => change({ color: event.target.value })}
          />
          <Input
            className="mono narrow"
            aria-label={t('colorCode')}
            maxLength={7}
            dir="ltr"
            value={value.color}
            onChange={(event) => change({ color: event.target.value })}
          />
        </div>
      </FormRow>
      <FormRow label={t('origins')} hint={t('originsHint')}>
        <div className="field">
          <textarea
            className="textarea wide mono"
            rows={2}
            dir="ltr"
            spellCheck={false}
            placeholder="https://www.example.com"
            aria-label={t('origins')}
            aria-invalid={wrong ? true : undefined}
            value={value.origins}
            onChange={(event) => change({ origins: event.target.value })}
          />
          {wrong && <span className="errmsg">{t('originWrong', { origin: wrong })}</span>}
        </div>
      </FormRow>
      <FormRow label={t('voice')} hint={t('voiceHint')}>
        <Switch label={t('voice')} checked={value.voice} onChange={(voice) => change({ voice })} />
      </FormRow>
      <FormRow label={t('tracking')} hint={t('trackingHint')}>
        <Switch label={t('tracking')} checked={value.tracking} onChange={(tracking) => change({ tracking })} />
      </FormRow>
      <FormRow label={t('poweredBy')}>
        <Switch
          label={t('poweredBy')}
          checked={value.showPoweredBy}
          onChange={(showPoweredBy) => change({ showPoweredBy })}
        />
      </FormRow>
    </>
  )
}
