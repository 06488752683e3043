/** How varied a model's answers are. Empty means the model's own setting; the slider then stands at its start and says so. */
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/Field.tsx'

export function Temperature({ value, onChange }: { value: number | null; onChange: (value: number | null) => void }) {
  const { t } = useTranslation('agents')
  return (
    <Field
      label={
        <span className="row">
          <span className="grow">{t('temperature')}</span>
          <span className="num t3">{value === null ? t('temperatureDefault') : value.toFixed(1)}</span>
        </span>
      }
      hint={
        <span className="row">
          <span className="grow">{t('temperatureLow')}</span>
          {t('temperatureHigh')}
        </span>
      }
    >
      {(control) => (
        <input
          {...control}
          type="range"
          min={0}
          max={2}
          step={0.1}
          value={value ?? 0}
          aria-valuetext={value === null ? t('temperatureDefault') : value.toFixed(1)}
          onChange={(event) => onChange(event.target.valueAsNumber)}
          onDoubleClick={() => onChange(null)}
        />
      )}
    </Field>
  )
}
