/** One memory field: its name and key, what fits it, and whether the agent asks for it. */
import type { MemoryField } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { Checkbox } from '../../ui/Choice.tsx'
import { Field, TextArea, TextField } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { NumberField } from '../edit/NumberField.tsx'
import { WordsField } from '../edit/WordsField.tsx'
import { isKey, keyOf } from './field-key.ts'

const TYPES = ['text', 'name', 'email', 'phone', 'number', 'date', 'yes_no', 'choice', 'order_id'] as const
const REACHES = new Set<MemoryField['type']>(['name', 'email', 'phone'])
const FAR = 1_000_000_000_000

type Props = { field: MemoryField; others: readonly MemoryField[]; onChange: (next: MemoryField) => void }

export function FieldForm({ field, others, onChange }: Props) {
  const { t } = useTranslation('memoryFields')
  const twice = others.some(({ key }) => key === field.key)
  // A key nobody chose follows the name.
  const follows = field.name === '' || field.key === keyOf(field.name) || /^field_\d+$/.test(field.key)
  const rename = (name: string) => onChange({ ...field, name, ...(follows && keyOf(name) && { key: keyOf(name) }) })
  return (
    <>
      <div className="two">
        <TextField
          label={t('name')}
          maxLength={100}
          value={field.name}
          error={field.name.trim() === '' ? t('needName') : undefined}
          onChange={(event) => rename(event.target.value)}
        />
        <TextField
          label={t('key')}
          hint={t('keyHint')}
          className="mono"
          dir="ltr"
          maxLength={50}
          spellCheck={false}
          value={field.key}
          error={isKey(field.key) ? (twice ? t('keyTaken') : undefined) : t('keyWrong')}
          onChange={(event) => onChange({ ...field, key: event.target.value })}
        />
        <Field label={t('type')} hint={REACHES.has(field.type) ? t('fillsContact') : undefined}>
          {({ id }) => (
            <Select
              id={id}
              label={t('type')}
              value={field.type}
              onChange={(type) => onChange({ ...field, type })}
              options={TYPES.map((value) => ({ value, label: t(`types.${value}`) }))}
            />
          )}
        </Field>
        <Checks field={field} onChange={onChange} />
      </div>
      <TextArea
        label={t('description')}
        hint={t('descriptionHint')}
        rows={2}
        maxLength={500}
        dir="auto"
        value={field.description}
        onChange={(event) => onChange({ ...field, description: event.target.value })}
      />
      <Checkbox checked={field.required} onChange={(required) => onChange({ ...field, required })}>
        {t('required')}
      </Checkbox>
    </>
  )
}

/** What its type lets one say about a good value. */
function Checks({ field, onChange }: Omit<Props, 'others'>) {
  const { t } = useTranslation('memoryFields')
  if (field.type === 'choice')
    return (
      <WordsField
        label={t('choices')}
        hint={t('choicesHint')}
        value={field.choices}
        onChange={(choices) => onChange({ ...field, choices })}
      />
    )
  if (field.type === 'text' || field.type === 'order_id')
    return (
      <TextField
        label={t('pattern')}
        hint={t('patternHint')}
        className="mono"
        dir="ltr"
        maxLength={100}
        spellCheck={false}
        value={field.pattern}
        onChange={(event) => onChange({ ...field, pattern: event.target.value })}
      />
    )
  if (field.type !== 'number') return null
  return (
    <div className="two">
      <NumberField
        label={t('least')}
        value={field.least}
        min={-FAR}
        max={FAR}
        optional
        onChange={(least) => onChange({ ...field, least })}
      />
      <NumberField
        label={t('most')}
        value={field.most}
        min={-FAR}
        max={FAR}
        optional
        onChange={(most) => onChange({ ...field, most })}
      />
    </div>
  )
}
