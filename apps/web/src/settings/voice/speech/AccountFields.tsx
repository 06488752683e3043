/** Where a provider is, and the key it knows us by. */
import type { SpeechDraft } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { PasswordField, TextField } from '../../../ui/Field.tsx'
import { FormRow } from '../../SettingsPage.tsx'

type Account = SpeechDraft['deepgram']
type Props = {
  provider: 'deepgram' | 'openai'
  account: Account
  hasKey: boolean
  onChange: (account: Account) => void
}

export function AccountFields({ provider, account, hasKey, onChange }: Props) {
  const { t } = useTranslation('speech')
  const { key: _, ...without } = account
  return (
    <FormRow label={t(provider)} hint={t('account')}>
      <div className="two">
        <PasswordField
          label={t('key')}
          hint={t(hasKey ? 'keyKept' : 'keyNone')}
          value={account.key ?? ''}
          maxLength={500}
          dir="ltr"
          autoComplete="off"
          onChange={({ target: { value } }) => onChange(value === '' ? without : { ...account, key: value })}
        />
        <TextField
          type="url"
          label={t('baseUrl')}
          hint={t('baseUrlHint')}
          value={account.baseUrl ?? ''}
          maxLength={500}
          dir="ltr"
          onChange={({ target: { value } }) => onChange({ ...account, baseUrl: value.trim() || null })}
        />
      </div>
    </FormRow>
  )
}
