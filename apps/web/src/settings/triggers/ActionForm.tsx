/** Then: what happens on the page, and what is kept of it. */
import type { TriggerAction } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { RadioCards } from '../../ui/Choice.tsx'
import { TextArea, TextField } from '../../ui/Field.tsx'
import { FormFields } from './FormFields.tsx'
import { ACTION_KINDS, newAction, type RuleFields } from './rule-fields.ts'

type Props = { value: RuleFields; onChange: (edits: Partial<RuleFields>) => void }

export function ActionForm({ value, onChange }: Props) {
  const { t } = useTranslation('triggers')
  const { action } = value
  return (
    <section className="col gap">
      <h2 className="title">{t('then')}</h2>
      <RadioCards
        layout="pick"
        label={t('then')}
        value={action.do}
        onChange={(kind) => kind !== action.do && onChange({ action: newAction(kind) })}
        options={ACTION_KINDS.map((kind) => ({ value: kind, title: t(`do.${kind}`), text: t(`doText.${kind}`) }))}
      />
      <Details action={action} onChange={(next) => onChange({ action: next })} />
      <TextField
        label={t('keep')}
        hint={t('keepHint')}
        dir="ltr"
        className="mono"
        value={value.keep.join(' ')}
        onChange={(event) => onChange({ keep: event.target.value.split(/[\s,]/).slice(0, 20) })}
        onBlur={() => onChange({ keep: [...new Set(value.keep.filter(Boolean))] })}
      />
    </section>
  )
}

function Details({ action, onChange }: { action: TriggerAction; onChange: (next: TriggerAction) => void }) {
  const { t } = useTranslation('triggers')
  if (action.do === 'redirect') {
    return (
      <TextField
        label={t('target')}
        hint={t('targetHint')}
        dir="ltr"
        className="mono"
        maxLength={2000}
        value={action.url}
        onChange={(event) => onChange({ ...action, url: event.target.value.trim() })}
      />
    )
  }
  if (action.do === 'form') {
    const line = (key: 'title' | 'button' | 'thanks', max: number) => (
      <TextField
        label={t(`form.${key}`)}
        dir="auto"
        maxLength={max}
        value={action[key]}
        onChange={(event) => onChange({ ...action, [key]: event.target.value })}
      />
    )
    return (
      <>
        {line('title', 100)}
        <TextArea
          label={t('form.text')}
          dir="auto"
          rows={2}
          maxLength={500}
          value={action.text}
          onChange={(event) => onChange({ ...action, text: event.target.value })}
        />
        <FormFields fields={action.fields} onChange={(fields) => onChange({ ...action, fields })} />
        {line('button', 60)}
        {line('thanks', 200)}
      </>
    )
  }
  return (
    <TextArea
      label={t('text')}
      dir="auto"
      rows={2}
      maxLength={action.do === 'message' ? 500 : 300}
      value={action.text}
      onChange={(event) => onChange({ ...action, text: event.target.value })}
    />
  )
}
