/** Whom an alert tells: people as each chose, and a webhook. Says plainly when this server sends no mail. */
import { call } from '@earshot/client'
import { getMailing } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Checkbox } from '../../ui/Choice.tsx'
import { TextField } from '../../ui/Field.tsx'
import type { AlertWish } from './use-alerts.ts'

type Props = { wish: AlertWish; onChange: (change: Partial<AlertWish>) => void }

export function AlertTell({ wish, onChange }: Props) {
  const { t } = useTranslation('alerts')
  const { data: mailing } = useQuery({
    queryKey: ['notifications', 'mail'],
    queryFn: ({ signal }) => call(getMailing, { signal }),
    staleTime: 30_000,
  })
  return (
    <fieldset className="field">
      <legend className="label">{t('tell')}</legend>
      <Checkbox checked={wish.tellApp} onChange={(tellApp) => onChange({ tellApp })}>
        {t('tellApp')}
      </Checkbox>
      <span className="hint">{mailing?.from === null ? t('noMail') : t('tellAppHint')}</span>
      <TextField
        type="url"
        dir="ltr"
        label={t('webhook')}
        hint={t('webhookHint')}
        placeholder="https://"
        maxLength={1000}
        value={wish.webhookUrl ?? ''}
        onChange={(event) => onChange({ webhookUrl: event.target.value.trim() || null })}
      />
    </fieldset>
  )
}
