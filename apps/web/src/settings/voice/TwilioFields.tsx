/** What a number at Twilio needs: the account, its token, the number. */
import type { Line } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { Checkbox } from '../../ui/Choice.tsx'
import { PasswordField, TextField } from '../../ui/Field.tsx'
import { isAccount, isNumber, type LineWish } from './line-wish.ts'

export interface LineFieldsProps {
  wish: LineWish
  line: Line | undefined
  asksSecret: boolean
  onChange: (change: Partial<LineWish>) => void
}

export function TwilioFields({ wish, asksSecret, onChange }: LineFieldsProps) {
  const { t } = useTranslation('voice')
  return (
    <>
      <TextField
        label={t('accountSid')}
        hint={t('accountSidHint')}
        error={wish.accountSid !== '' && !isAccount(wish.accountSid) && t('accountSidWrong')}
        value={wish.accountSid}
        maxLength={40}
        dir="ltr"
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange({ accountSid: event.target.value })}
      />
      <PasswordField
        label={t('authToken')}
        hint={asksSecret ? t('authTokenHint') : t('secretKept')}
        value={wish.secret}
        maxLength={200}
        dir="ltr"
        autoComplete="off"
        onChange={(event) => onChange({ secret: event.target.value })}
      />
      <NumberField wish={wish} onChange={onChange} hint={t('numberHint')} />
      <Checkbox checked={wish.detectMachine} onChange={(detectMachine) => onChange({ detectMachine })}>
        {t('detectMachine')}
      </Checkbox>
    </>
  )
}

export function NumberField({ wish, onChange, hint }: Pick<LineFieldsProps, 'wish' | 'onChange'> & { hint: string }) {
  const { t } = useTranslation('voice')
  return (
    <TextField
      type="tel"
      label={t('number')}
      hint={hint}
      error={wish.number.trim() !== '' && !isNumber(wish.number) && t('numberWrong')}
      value={wish.number}
      maxLength={30}
      dir="ltr"
      autoComplete="off"
      onChange={(event) => onChange({ number: event.target.value })}
    />
  )
}
