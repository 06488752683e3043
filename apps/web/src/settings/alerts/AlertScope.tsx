/** Of which conversations an alert is: their agents, their channels, and how many make a rate worth reading. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { agentsQuery, channelsQuery } from '../../app/queries.ts'
import { Checkbox } from '../../ui/Choice.tsx'
import { TextField } from '../../ui/Field.tsx'
import type { AlertWish } from './use-alerts.ts'

type Props = { wish: AlertWish; onChange: (change: Partial<AlertWish>) => void }

export function AlertScope({ wish, onChange }: Props) {
  const { t } = useTranslation('alerts')
  const { data: agents = [] } = useQuery(agentsQuery)
  const { data: channels = [] } = useQuery(channelsQuery)
  return (
    <>
      <Chosen
        label={t('agents')}
        options={agents}
        chosen={wish.agentIds}
        onChange={(agentIds) => onChange({ agentIds })}
      />
      <Chosen
        label={t('channels')}
        options={channels}
        chosen={wish.channelIds}
        onChange={(channelIds) => onChange({ channelIds })}
      />
      <TextField
        type="number"
        min={1}
        label={t('least')}
        hint={t('leastHint')}
        value={Number.isNaN(wish.least) ? '' : wish.least}
        onChange={(event) => onChange({ least: event.target.valueAsNumber })}
      />
    </>
  )
}

type ChosenProps = {
  label: string
  options: readonly { id: string; name: string }[]
  chosen: string[]
  onChange: (chosen: string[]) => void
}

function Chosen({ label, options, chosen, onChange }: ChosenProps) {
  const { t } = useTranslation('alerts')
  if (options.length < 2) return null
  return (
    <fieldset className="field">
      <legend className="label">
        {label} {chosen.length === 0 && <span className="small t3">{t('all')}</span>}
      </legend>
      <div className="row g3 wrap">
        {options.map(({ id, name }) => (
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
