/** What a function's result fills: parts of it go to memory cards and tags. */
import type { MemoryField } from '@earshot/contracts'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Input } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import type { HttpFunction } from './http-function.ts'

type Mapping = HttpFunction['mappings'][number]
type Props = { value: Mapping[]; fields: readonly MemoryField[]; onChange: (mappings: Mapping[]) => void }

export function Mappings({ value, fields, onChange }: Props) {
  const { t } = useTranslation('functions')
  const put = (at: number, next: Mapping) => onChange(value.map((mapping, i) => (i === at ? next : mapping)))
  return (
    <fieldset className="field fn-list">
      <legend className="lab">{t('mappings')}</legend>
      {value.map(({ from, to }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a mapping has nothing but its place
        <div className="fn-row" key={i}>
          <Input
            aria-label={t('mapping.from')}
            placeholder={t('mapping.fromHint')}
            className="mono"
            dir="ltr"
            maxLength={300}
            value={from}
            onChange={(event) => put(i, { from: rooted(event.target.value), to })}
          />
          <Select
            label={t('mapping.to')}
            value={to.kind}
            onChange={(kind) =>
              put(i, { from, to: kind === 'tag' ? { kind, tag: 'Order' } : { kind, key: firstKey(fields) } })
            }
            options={[
              { value: 'memory', label: t('mapping.memory') },
              { value: 'tag', label: t('mapping.tag') },
            ]}
          />
          <Input
            aria-label={to.kind === 'tag' ? t('mapping.tagName') : t('mapping.key')}
            dir="auto"
            maxLength={50}
            list={to.kind === 'memory' ? 'memory-keys' : undefined}
            value={to.kind === 'tag' ? to.tag : to.key}
            onChange={(event) => {
              const text = event.target.value
              put(i, { from, to: to.kind === 'tag' ? { kind: 'tag', tag: text } : { kind: 'memory', key: text } })
            }}
          />
          <IconButton
            size="sm"
            icon={X}
            label={t('mapping.remove', { from })}
            onClick={() => onChange(value.filter((_, other) => other !== i))}
          />
        </div>
      ))}
      <datalist id="memory-keys">
        {fields.map(({ key }) => (
          <option value={key} key={key} />
        ))}
      </datalist>
      <Button
        size="sm"
        variant="quiet"
        icon={Plus}
        disabled={value.length >= 20}
        onClick={() => onChange([...value, { from: '/', to: { kind: 'memory', key: firstKey(fields) } }])}
      >
        {t('mapping.add')}
      </Button>
    </fieldset>
  )
}

const firstKey = (fields: readonly MemoryField[]) => fields[0]?.key ?? 'result'
const rooted = (text: string) => (text === '' || text.startsWith('/') ? text : `/${text}`)
