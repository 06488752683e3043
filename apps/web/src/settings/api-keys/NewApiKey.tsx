/** Makes a key: its name, what it may do, how long it lives. */
import { call } from '@earshot/client'
import { createApiKey, SCOPES, type Scope } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../app/problem.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field, TextField } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { scopeKey } from './scope-key.ts'

const LIVES = ['never', '30', '90', '365'] as const
type Life = (typeof LIVES)[number]
type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  onMade: (made: { name: string; secret: string }) => void
}

export function NewApiKey({ open, onOpenChange, onMade }: Props) {
  const { t } = useTranslation(['settings', 'common'])
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<Scope[]>(['ingest'])
  const [life, setLife] = useState<Life>('never')
  const create = useCreate((made) => {
    onMade(made)
    setName('')
    onOpenChange(false)
  })
  const ready = name.trim() !== '' && scopes.length > 0
  const submit = () => {
    const expiresInDays = life === 'never' ? null : Number(life)
    if (ready && !create.isPending) create.mutate({ name: name.trim(), scopes, expiresInDays })
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('settings:apiKeys.createTitle')}
      description={t('settings:apiKeys.createText')}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" busy={create.isPending} disabled={!ready}>
            {t('settings:apiKeys.create')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('settings:apiKeys.name')}
        hint={t('settings:apiKeys.nameHint')}
        maxLength={100}
        value={name}
        error={create.error ? problemText(create.error) : undefined}
        onChange={(event) => setName(event.target.value)}
      />
      <ScopeChoice value={scopes} onChange={setScopes} />
      <Field label={t('settings:apiKeys.expires')}>
        {({ id }) => (
          <Select
            id={id}
            label={t('settings:apiKeys.expires')}
            value={life}
            onChange={setLife}
            options={LIVES.map((value) => ({
              value,
              label:
                value === 'never' ? t('settings:apiKeys.never') : t('settings:apiKeys.days', { count: Number(value) }),
            }))}
          />
        )}
      </Field>
    </Dialog>
  )
}

function ScopeChoice({ value, onChange }: { value: Scope[]; onChange: (scopes: Scope[]) => void }) {
  const { t } = useTranslation('settings')
  const all = value.includes('*')
  return (
    <fieldset className="field">
      <legend className="lab strong small">{t('apiKeys.scopes')}</legend>
      {SCOPES.map((scope) => (
        <Checkbox
          key={scope}
          checked={all || value.includes(scope)}
          disabled={all && scope !== '*'}
          onChange={(on) => onChange(on ? [...value, scope] : value.filter((one) => one !== scope))}
        >
          {t(`apiKeys.scope.${scopeKey(scope)}`)}
        </Checkbox>
      ))}
    </fieldset>
  )
}

type Wanted = { name: string; scopes: Scope[]; expiresInDays: number | null }

function useCreate(onMade: Props['onMade']) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: Wanted) => call(createApiKey, { body }),
    onSuccess: async ({ name, key }) => {
      onMade({ name, secret: key })
      await queries.invalidateQueries({ queryKey: ['api-keys'] })
    },
  })
}
