/** Which conversations go to the model, when, and what that may cost a day. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { NumberField } from '../../agents/edit/NumberField.tsx'
import { agentsQuery, channelsQuery } from '../../app/queries.ts'
import { Checkbox } from '../../ui/Choice.tsx'
import type { EngineSettings } from './use-analysis.ts'

type Props = { value: EngineSettings; onChange: (edits: Partial<EngineSettings>) => void }

export function WhichReviews({ value, onChange }: Props) {
  const { t } = useTranslation('analysis')
  const { data: channels = [] } = useQuery(channelsQuery)
  const { data: agents = [] } = useQuery(agentsQuery)
  return (
    <>
      <section className="reviewing" aria-labelledby="which-reviews">
        <h2 id="which-reviews">{t('which')}</h2>
        <p className="small t3">{t('whichText')}</p>
        <div className="two">
          <NumberField
            label={t('sample')}
            hint={t('sampleHint')}
            whole
            min={1}
            max={100}
            value={value.samplePercent}
            onChange={(percent) => onChange({ samplePercent: percent ?? 100 })}
          />
          <NumberField
            label={t('delay')}
            hint={t('delayHint')}
            whole
            min={0}
            max={1440}
            value={value.delayMinutes}
            onChange={(minutes) => onChange({ delayMinutes: minutes ?? 0 })}
          />
        </div>
        <NumberField
          label={t('minMessages')}
          whole
          min={0}
          max={1000}
          value={value.minMessages}
          onChange={(least) => onChange({ minMessages: least ?? 0 })}
        />
        <Checkbox checked={value.onlyFlagged} onChange={(onlyFlagged) => onChange({ onlyFlagged })}>
          {t('onlyFlagged')}
        </Checkbox>
        <Some
          label={t('channels')}
          none={t('allChannels')}
          items={channels}
          chosen={value.channelIds}
          onChange={(channelIds) => onChange({ channelIds })}
        />
        <Some
          label={t('agents')}
          none={t('allAgents')}
          items={agents}
          chosen={value.agentIds}
          onChange={(agentIds) => onChange({ agentIds })}
        />
      </section>
      <Budget value={value} onChange={onChange} />
    </>
  )
}

function Budget({ value, onChange }: Props) {
  const { t } = useTranslation('analysis')
  const { budget } = value
  const isFree = value.inputPricePerMillion === null && value.outputPricePerMillion === null
  return (
    <section className="reviewing" aria-labelledby="review-budget">
      <h2 id="review-budget">{t('budget')}</h2>
      <p className="small t3">{t('budgetText')}</p>
      <div className="two">
        <NumberField
          label={t('budgetCost')}
          optional
          empty={t('noLimit')}
          min={0}
          max={10_000}
          value={budget.costUsd}
          onChange={(costUsd) => onChange({ budget: { ...budget, costUsd } })}
        />
        <NumberField
          label={t('budgetTokens')}
          optional
          whole
          empty={t('noLimit')}
          min={1}
          max={1_000_000_000}
          value={budget.tokens}
          onChange={(tokens) => onChange({ budget: { ...budget, tokens } })}
        />
      </div>
      {isFree && budget.costUsd !== null && (
        <p className="small t2" role="status">
          {t('budgetUnpriced')}
        </p>
      )}
    </section>
  )
}

type SomeProps = {
  label: string
  none: string
  items: readonly { id: string; name: string }[]
  chosen: string[]
  onChange: (ids: string[]) => void
}

function Some({ label, none, items, chosen, onChange }: SomeProps) {
  return (
    <fieldset className="field">
      <legend className="label">
        {label} {chosen.length === 0 && <span className="small t3">{none}</span>}
      </legend>
      <div className="row g3 wrap">
        {items.map(({ id, name }) => (
          <Checkbox
            key={id}
            checked={chosen.includes(id)}
            onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((one) => one !== id))}
          >
            <span dir="auto">{name}</span>
          </Checkbox>
        ))}
      </div>
    </fieldset>
  )
}
