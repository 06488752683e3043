/** A price in US dollars, or none. */
import { useTranslation } from 'react-i18next'
import { TextField } from '../../../ui/Field.tsx'

type Props = { label: string; value: number | null; onChange: (value: number | null) => void }

export function PriceField({ label, value, onChange }: Props) {
  const { t } = useTranslation('speech')
  return (
    <TextField
      type="number"
      label={label}
      hint={t('priceHint')}
      min={0}
      max={1000}
      step="any"
      value={value ?? ''}
      onChange={({ target: { valueAsNumber } }) =>
        onChange(Number.isFinite(valueAsNumber) ? Math.min(1000, Math.max(0, valueAsNumber)) : null)
      }
    />
  )
}
