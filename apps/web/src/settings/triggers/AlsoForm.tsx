/** What a firing sets off besides what the visitor sees: tags for the conversation, and a call of a webhook. */
import type { TriggerRule } from '@earshot/contracts'
import KeyRound from 'lucide-react/icons/key-round'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseTag } from '../../contact/tag-text.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { CopyButton } from '../../ui/Copy.tsx'
import { TextField } from '../../ui/Field.tsx'
import type { RuleFields } from './rule-fields.ts'
import { useSignTrigger } from './use-triggers.ts'

type PartProps = { value: RuleFields; onChange: (edits: Partial<RuleFields>) => void }

export function AlsoForm({ rule, value, onChange }: PartProps & { rule: TriggerRule }) {
  const { t } = useTranslation('triggers')
  return (
    <section className="col gap">
      <h2 className="title">{t('also')}</h2>
      <Tags value={value} onChange={onChange} />
      <Checkbox
        checked={value.webhook !== null}
        onChange={(on) => onChange({ webhook: on ? (rule.webhook ?? '') : null })}
      >
        {t('webhook')}
      </Checkbox>
      {value.webhook !== null && (
        <>
          <TextField
            label={t('webhookUrl')}
            hint={t('webhookHint')}
            dir="ltr"
            className="mono"
            type="url"
            maxLength={2000}
            value={value.webhook}
            onChange={(event) => onChange({ webhook: event.target.value.trim() })}
          />
          <Secret rule={rule} />
        </>
      )}
    </section>
  )
}

const textOf = (tags: RuleFields['tags']) => tags.map(({ key, value }) => (value ? `${key}: ${value}` : key)).join(', ')

function Tags({ value, onChange }: PartProps) {
  const { t } = useTranslation('triggers')
  const [typed, setTyped] = useState(() => textOf(value.tags))
  return (
    <TextField
      label={t('tags')}
      hint={t('tagsHint')}
      dir="auto"
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value)
        onChange({
          tags: event.target.value
            .split(/[,\n]/)
            .flatMap((one) => parseTag(one) ?? [])
            .slice(0, 5),
        })
      }}
      onBlur={() => setTyped(textOf(value.tags))}
    />
  )
}

function Secret({ rule }: { rule: TriggerRule }) {
  const { t, i18n } = useTranslation('triggers')
  const sign = useSignTrigger(rule.id)
  const { signedSince, webhookProblem } = rule
  const at = (time: string) => new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' }).format(new Date(time))
  return (
    <div className="col gap">
      <div className="row">
        <span className="small t2 grow">
          {signedSince ? t('secretSince', { at: at(signedSince) }) : t('secretNone')}
        </span>
        <Button size="sm" icon={KeyRound} busy={sign.isPending} onClick={() => sign.mutate()}>
          {t(signedSince ? 'secretAnew' : 'secretMake')}
        </Button>
      </div>
      {sign.data && (
        <div className="snippet" role="status">
          <div className="small">{t('secretShown')}</div>
          <div className="row">
            <code className="mono grow secret" dir="ltr">
              {sign.data.secret}
            </code>
            <CopyButton text={sign.data.secret} />
          </div>
        </div>
      )}
      {webhookProblem && <p className="small bad">{t('webhookProblem', { problem: webhookProblem })}</p>}
    </div>
  )
}
