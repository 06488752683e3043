/** A length of silence: an amount and its unit. */
import { useTranslation } from 'react-i18next'
import { Input } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'

const UNITS = ['minutes', 'hours', 'days'] as const
type Unit = (typeof UNITS)[number]
const MINUTES: Record<Unit, number> = { minutes: 1, hours: 60, days: 1440 }
const MOST_MINUTES = 129_600

const unitOf = (minutes: number): Unit =>
  minutes % MINUTES.days === 0 ? 'days' : minutes % MINUTES.hours === 0 ? 'hours' : 'minutes'

export function Silence({ minutes, onMinutes }: { minutes: number; onMinutes: (minutes: number) => void }) {
  const { t } = useTranslation('followUps')
  const unit = unitOf(minutes)
  const set = (amount: number, of: Unit) => {
    const next = Math.round(amount) * MINUTES[of]
    if (next >= 1 && next <= MOST_MINUTES) onMinutes(next)
  }
  const amount = minutes / MINUTES[unit]
  return (
    <div className="row g3 silence">
      <span>{t('after')}</span>
      <Input
        type="number"
        min={1}
        aria-label={t('amount')}
        value={amount}
        onChange={(event) => set(event.target.valueAsNumber, unit)}
      />
      <Select
        label={t('unitLabel')}
        value={unit}
        onChange={(next) => set(amount, next)}
        options={UNITS.map((value) => ({ value, label: t(`unit.${value}`) }))}
      />
    </div>
  )
}
