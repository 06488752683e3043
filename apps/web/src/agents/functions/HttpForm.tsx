/** An address that a function calls: what the model reads about it, what is sent, and what the answer fills. */
import type { MemoryField } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { Field, TextArea, TextField } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { NumberField } from '../edit/NumberField.tsx'
import { Headers } from './Headers.tsx'
import { type HttpFunction, isFixedAddress, isFunctionName } from './http-function.ts'
import { JsonField } from './JsonField.tsx'
import { Mappings } from './Mappings.tsx'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

type Props = {
  agentId: string
  value: HttpFunction
  /** Another function has its name. */
  taken: boolean
  fields: readonly MemoryField[]
  onChange: (next: HttpFunction) => void
}

export function HttpForm({ agentId, value, taken, fields, onChange }: Props) {
  const { t } = useTranslation('functions')
  const sends = value.method !== 'GET' && value.method !== 'DELETE'
  return (
    <>
      <TextField
        label={t('name')}
        hint={t('nameHint')}
        className="mono"
        dir="ltr"
        maxLength={63}
        spellCheck={false}
        value={value.name}
        error={isFunctionName(value.name) ? (taken ? t('nameTaken') : undefined) : t('nameWrong')}
        onChange={(event) => onChange({ ...value, name: event.target.value })}
      />
      <TextArea
        label={t('description')}
        hint={t('descriptionHint')}
        rows={2}
        maxLength={1000}
        dir="auto"
        value={value.description}
        onChange={(event) => onChange({ ...value, description: event.target.value })}
      />
      <Address value={value} onChange={onChange} />
      <JsonField
        label={t('parameters')}
        hint={t('parametersHint')}
        rows={8}
        value={value.parameters}
        onChange={(parameters) => onChange({ ...value, parameters })}
      />
      {sends && (
        <JsonField
          label={t('body')}
          hint={t('bodyHint')}
          rows={4}
          optional
          value={value.body}
          onChange={(body) => onChange({ ...value, body })}
        />
      )}
      <Headers agentId={agentId} value={value.headers} onChange={(headers) => onChange({ ...value, headers })} />
      <Bounds value={value} onChange={onChange} />
      <Mappings value={value.mappings} fields={fields} onChange={(mappings) => onChange({ ...value, mappings })} />
    </>
  )
}

function Address({ value, onChange }: Pick<Props, 'value' | 'onChange'>) {
  const { t } = useTranslation('functions')
  return (
    <div className="fn-address">
      <Field label={t('method')}>
        {({ id }) => (
          <Select
            id={id}
            label={t('method')}
            value={value.method}
            onChange={(method) => onChange({ ...value, method })}
            options={METHODS.map((method) => ({ value: method, label: method }))}
          />
        )}
      </Field>
      <TextField
        label={t('url')}
        hint={t('urlHint')}
        type="url"
        inputMode="url"
        dir="ltr"
        maxLength={1000}
        spellCheck={false}
        value={value.url}
        error={isFixedAddress(value.url) ? undefined : t('urlWrong')}
        onChange={(event) => onChange({ ...value, url: event.target.value.trim() })}
      />
    </div>
  )
}

function Bounds({ value, onChange }: Pick<Props, 'value' | 'onChange'>) {
  const { t } = useTranslation('functions')
  return (
    <div className="three">
      <NumberField
        label={t('timeout')}
        value={value.timeoutMs}
        min={500}
        max={30_000}
        whole
        onChange={(ms) => onChange({ ...value, timeoutMs: ms ?? value.timeoutMs })}
      />
      <NumberField
        label={t('retries')}
        hint={t('retriesHint')}
        value={value.retries}
        min={0}
        max={3}
        whole
        onChange={(retries) => onChange({ ...value, retries: retries ?? 0 })}
      />
      <NumberField
        label={t('maxBytes')}
        value={value.maxBytes}
        min={1000}
        max={1_000_000}
        whole
        onChange={(bytes) => onChange({ ...value, maxBytes: bytes ?? value.maxBytes })}
      />
    </div>
  )
}
