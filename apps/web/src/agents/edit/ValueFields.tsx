/** The worth from which a person takes over: of a memory field, or of any amount of money the contact names. */
import type { AgentConfig } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { NumberField } from './NumberField.tsx'

type Value = AgentConfig['handoff']['value']
type Props = { value: Value; fields: AgentConfig['memoryFields']; onChange: (value: Value) => void }

export function ValueFields({ value, fields, onChange }: Props) {
  const { t } = useTranslation('agents')
  const numbers = fields.filter(({ type }) => type === 'number')
  const options = [
    { value: '', label: t('trigger.value.any') },
    ...numbers.map(({ key, name }) => ({ value: key, label: name })),
  ]
  if (value.memoryKey && !numbers.some(({ key }) => key === value.memoryKey))
    options.push({ value: value.memoryKey, label: value.memoryKey })
  return (
    <div className="two">
      <NumberField
        label={t('trigger.value.amount')}
        min={0}
        max={1_000_000_000}
        value={value.amount}
        onChange={(amount) => amount !== null && onChange({ ...value, amount })}
      />
      <Field label={t('trigger.value.of')}>
        {({ id }) => (
          <Select
            id={id}
            label={t('trigger.value.of')}
            value={value.memoryKey ?? ''}
            onChange={(key) => onChange({ ...value, memoryKey: key === '' ? null : key })}
            options={options}
          />
        )}
      </Field>
    </div>
  )
}
