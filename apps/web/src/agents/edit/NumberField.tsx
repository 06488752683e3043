/** A number that may be left out: typed as text, held as a number or null, refused in sight when it is neither. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../../ui/Field.tsx'

type Props = {
  label: string
  hint?: string
  value: number | null
  onChange: (value: number | null) => void
  min: number
  max: number
  /** Whole numbers only. */
  whole?: boolean
  /** May be empty; `empty` says what that means, no limit unless said. */
  optional?: boolean
  empty?: string
  disabled?: boolean
}

export function NumberField({ label, hint, value, onChange, min, max, whole, optional, empty, disabled }: Props) {
  const { t } = useTranslation('agents')
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? (value === null ? '' : String(value))
  const problem = typed !== null && !fits(typed, { min, max, whole, optional })
  return (
    <TextField
      label={label}
      hint={hint}
      error={problem ? t('numberWrong', { min, max }) : undefined}
      className="num"
      inputMode={whole ? 'numeric' : 'decimal'}
      value={shown}
      placeholder={optional ? (empty ?? t('noLimit')) : undefined}
      disabled={disabled}
      onChange={(event) => {
        const text = event.target.value
        setTyped(text)
        if (fits(text, { min, max, whole, optional })) onChange(text.trim() === '' ? null : toNumber(text))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

const toNumber = (text: string) => Number(text.trim().replace(',', '.'))

function fits(text: string, { min, max, whole, optional }: Pick<Props, 'min' | 'max' | 'whole' | 'optional'>): boolean {
  if (text.trim() === '') return optional === true
  const value = toNumber(text)
  return Number.isFinite(value) && value >= min && value <= max && (!whole || Number.isInteger(value))
}
