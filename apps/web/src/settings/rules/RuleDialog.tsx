/** Add or change an own flag, and try it on past conversations before it counts. */
import type { FlagRule } from '@earshot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field, TextField } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { RuleEditor } from './RuleEditor.tsx'
import { RuleTest } from './RuleTest.tsx'
import { isRuleWhole, newRule } from './rule-drafts.ts'
import { type RuleWish, useRuleCommands } from './use-rules.ts'

const SEVERITIES = ['info', 'review', 'urgent'] as const

const wishOf = ({ name, about, severity, rule, enabled }: RuleWish): RuleWish => ({
  name,
  about,
  severity,
  rule,
  enabled,
})

export function RuleDialog({ rule, onDone }: { rule?: FlagRule; onDone: () => void }) {
  const { t } = useTranslation('rules')
  const { save } = useRuleCommands()
  const [wish, setWish] = useState<RuleWish>(() =>
    wishOf(rule ?? { name: '', about: '', severity: 'review', rule: newRule(), enabled: true }),
  )
  const set = (change: Partial<RuleWish>) => setWish((now) => ({ ...now, ...change }))
  const whole = wish.name.trim() !== '' && isRuleWhole(wish.rule)
  const submit = () => {
    if (!whole || save.isPending) return
    const onSuccess = ({ name }: FlagRule) => {
      onDone()
      toast.done(t('saved', { name }))
    }
    save.mutate({ ...wish, name: wish.name.trim(), ...(rule && { id: rule.id }) }, { onSuccess })
  }
  return (
    <Dialog
      open
      size="xl"
      onOpenChange={(open) => !open && onDone()}
      title={rule ? t('changeTitle', { name: rule.name }) : t('addTitle')}
      onSubmit={submit}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onDone}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.isPending} disabled={!whole}>
            {t(rule ? 'save' : 'add')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('name')}
        hint={t('nameHint')}
        value={wish.name}
        maxLength={80}
        autoFocus
        dir="auto"
        onChange={(event) => set({ name: event.target.value })}
      />
      <Field label={t('severity')}>
        {({ id }) => (
          <Select
            id={id}
            label={t('severity')}
            value={wish.severity}
            onChange={(severity) => set({ severity })}
            options={SEVERITIES.map((value) => ({ value, label: t(`severities.${value}`) }))}
          />
        )}
      </Field>
      <TextField
        label={t('about')}
        value={wish.about}
        maxLength={300}
        dir="auto"
        onChange={(event) => set({ about: event.target.value })}
      />
      <div className="field">
        <span className="label">{t('rule')}</span>
        <RuleEditor rule={wish.rule} onChange={(next) => set({ rule: next })} />
      </div>
      <RuleTest rule={wish.rule} whole={isRuleWhole(wish.rule)} />
    </Dialog>
  )
}
