/** Headers a function sends: plain text, and after it a secret that is stored apart. */
import { useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Input } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import type { HttpFunction } from './http-function.ts'
import { secretsQuery } from './queries.ts'

type Header = HttpFunction['headers'][number]
type Props = { agentId: string; value: Header[]; onChange: (headers: Header[]) => void }

const NONE = ''

export function Headers({ agentId, value, onChange }: Props) {
  const { t } = useTranslation('functions')
  const secrets = useQuery(secretsQuery(agentId))
  const names = (secrets.data ?? []).map(({ name }) => name)
  const put = (at: number, next: Header) => onChange(value.map((header, i) => (i === at ? next : header)))
  return (
    <fieldset className="field fn-list">
      <legend className="lab">{t('headers')}</legend>
      {value.map((header, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a header has nothing but its place while its name is typed
        <div className="fn-row" key={i}>
          <Input
            aria-label={t('header.name')}
            placeholder="Authorization"
            className="mono"
            dir="ltr"
            maxLength={100}
            value={header.name}
            onChange={(event) => put(i, { ...header, name: event.target.value.replace(/[^A-Za-z0-9-]/g, '') })}
          />
          <Input
            aria-label={t('header.value')}
            placeholder="Bearer "
            dir="ltr"
            maxLength={1000}
            value={header.value}
            onChange={(event) => put(i, { ...header, value: event.target.value })}
          />
          <Select
            label={t('header.secret')}
            value={header.secret ?? NONE}
            onChange={(secret) => put(i, { ...header, secret: secret === NONE ? null : secret })}
            options={[
              { value: NONE, label: t('header.noSecret') },
              ...[...new Set([...names, ...(header.secret ? [header.secret] : [])])].map((name) => ({
                value: name,
                label: name,
              })),
            ]}
          />
          <IconButton
            size="sm"
            icon={X}
            label={t('header.remove', { name: header.name })}
            onClick={() => onChange(value.filter((_, other) => other !== i))}
          />
        </div>
      ))}
      <Button
        size="sm"
        variant="quiet"
        icon={Plus}
        disabled={value.length >= 20}
        onClick={() => onChange([...value, { name: '', value: '', secret: null }])}
      >
        {t('header.add')}
      </Button>
    </fieldset>
  )
}
