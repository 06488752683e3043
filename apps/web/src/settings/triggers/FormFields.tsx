/** The fields of a form that a rule shows. */
import type { FormField } from '@earshot/contracts'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { Input } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'

type Field = z.infer<typeof FormField>
type Props = { fields: Field[]; onChange: (fields: Field[]) => void }

const MOST = 8

export function FormFields({ fields, onChange }: Props) {
  const { t } = useTranslation('triggers')
  const put = (at: number, edits: Partial<Field>) =>
    onChange(fields.map((one, i) => (i === at ? { ...one, ...edits } : one)))
  return (
    <div className="field">
      <span>{t('form.fields')}</span>
      {fields.map((field, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: its key is being typed; its place is what it is edited by
        <div className="row wrap cond" key={at}>
          <Input
            aria-label={t('form.label')}
            placeholder={t('form.label')}
            dir="auto"
            maxLength={100}
            value={field.label}
            onChange={(event) => put(at, { label: event.target.value, key: field.key || '' })}
          />
          <Input
            className="mono narrow"
            aria-label={t('form.key')}
            placeholder={t('form.key')}
            dir="ltr"
            maxLength={40}
            value={field.key}
            onChange={(event) => put(at, { key: event.target.value.toLowerCase().replace(/[^a-z0-9_]/g, '_') })}
          />
          <Select
            label={t('form.type')}
            value={field.type}
            onChange={(type) => put(at, { type })}
            options={(['text', 'email', 'tel', 'textarea'] as const).map((type) => ({
              value: type,
              label: t(`form.types.${type}`),
            }))}
          />
          <Checkbox checked={field.required} onChange={(required) => put(at, { required })}>
            {t('form.required')}
          </Checkbox>
          <IconButton
            label={t('form.remove', { name: field.label })}
            icon={X}
            size="sm"
            onClick={() => onChange(fields.filter((_, i) => i !== at))}
          />
        </div>
      ))}
      <div>
        <Button
          variant="quiet"
          icon={Plus}
          disabled={fields.length >= MOST}
          onClick={() =>
            onChange([...fields, { key: `field_${fields.length + 1}`, label: '', type: 'text', required: false }])
          }
        >
          {t('form.add')}
        </Button>
      </div>
    </div>
  )
}
