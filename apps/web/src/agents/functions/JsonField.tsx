/** JSON typed as text: held as it is typed, handed on when it can be read. */
import type { JsonValue } from '@earshot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextArea } from '../../ui/Field.tsx'

type Props = {
  label: string
  hint: string
  value: JsonValue
  onChange: (value: JsonValue) => void
  rows: number
  /** Empty means null; otherwise only an object will do. */
  optional?: boolean
}

export function JsonField({ label, hint, value, onChange, rows, optional }: Props) {
  const { t } = useTranslation('functions')
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? (value === null ? '' : JSON.stringify(value, null, 2))
  const read = readJson(shown, optional === true)
  return (
    <TextArea
      label={label}
      hint={hint}
      error={read.ok ? undefined : read.isJson ? t('notSchema') : t('notJson')}
      rows={rows}
      className="mono"
      dir="ltr"
      spellCheck={false}
      maxLength={20_000}
      value={shown}
      onChange={(event) => {
        setTyped(event.target.value)
        const next = readJson(event.target.value, optional === true)
        if (next.ok) onChange(next.value)
      }}
    />
  )
}

type Read = { ok: true; value: JsonValue } | { ok: false; isJson: boolean }

function readJson(text: string, optional: boolean): Read {
  if (text.trim() === '') return optional ? { ok: true, value: null } : { ok: false, isJson: false }
  try {
    const value: JsonValue = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return optional || (isObject && value.type === 'object') ? { ok: true, value } : { ok: false, isJson: true }
  } catch {
    return { ok: false, isJson: false }
  }
}
