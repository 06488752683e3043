/** How fast it speaks, in words. */
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'

const SPEEDS = ['0.8', '1', '1.2', '1.5'] as const

export function SpeedSelect({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const { t } = useTranslation('speech')
  const chosen = SPEEDS.reduce((best, one) =>
    Math.abs(Number(one) - value) < Math.abs(Number(best) - value) ? one : best,
  )
  return (
    <Field label={t('agent.speed')}>
      {() => (
        <Select
          label={t('agent.speed')}
          value={chosen}
          onChange={(speed) => onChange(Number(speed))}
          options={SPEEDS.map((speed) => ({ value: speed, label: t(`agent.speedValue.${speed}`) }))}
        />
      )}
    </Field>
  )
}
