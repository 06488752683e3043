/** What a SIP trunk needs: where it is, how we log in, from where it calls. */
import { useTranslation } from 'react-i18next'
import { Checkbox, Segmented } from '../../ui/Choice.tsx'
import { PasswordField, TextArea, TextField } from '../../ui/Field.tsx'
import { type LineFieldsProps, NumberField } from './TwilioFields.tsx'

export function TrunkFields({ wish, asksSecret, line, onChange }: LineFieldsProps) {
  const { t } = useTranslation('voice')
  const { trunk } = wish
  const set = (change: Partial<typeof trunk>) => onChange({ trunk: { ...trunk, ...change } })
  return (
    <>
      <div className="voice-pair">
        <TextField
          label={t('host')}
          hint={t('hostHint')}
          value={trunk.host}
          maxLength={253}
          dir="ltr"
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => set({ host: event.target.value.trim() })}
        />
        <TextField
          type="number"
          min={1}
          max={65_535}
          label={t('port')}
          value={Number.isNaN(trunk.port) ? '' : trunk.port}
          onChange={(event) => set({ port: event.target.valueAsNumber })}
        />
      </div>
      <Segmented
        label={t('transport')}
        value={trunk.transport}
        onChange={(transport) => set({ transport })}
        options={[
          { value: 'udp', label: 'UDP' },
          { value: 'tcp', label: 'TCP' },
        ]}
      />
      <TextField
        label={t('user')}
        hint={t('userHint')}
        value={trunk.user ?? ''}
        maxLength={200}
        dir="ltr"
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => set({ user: event.target.value })}
      />
      <PasswordField
        label={t('password')}
        hint={line?.hasSecret && !asksSecret ? t('secretKept') : t('passwordHint')}
        value={wish.secret}
        maxLength={200}
        dir="ltr"
        autoComplete="off"
        onChange={(event) => onChange({ secret: event.target.value })}
      />
      <Checkbox checked={trunk.register} onChange={(register) => set({ register })}>
        {t('register')}
      </Checkbox>
      <TextArea
        label={t('from')}
        hint={t('fromHint')}
        value={wish.from}
        rows={2}
        dir="ltr"
        spellCheck={false}
        onChange={(event) => onChange({ from: event.target.value })}
      />
      <NumberField wish={wish} onChange={onChange} hint={t('trunkNumberHint')} />
    </>
  )
}
