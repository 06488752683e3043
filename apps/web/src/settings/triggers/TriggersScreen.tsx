/** Trigger rules: each with its switch, what it does, and how often it did. */
import type { TriggerRule } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import ChevronRight from 'lucide-react/icons/chevron-right'
import Plus from 'lucide-react/icons/plus'
import Zap from 'lucide-react/icons/zap'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { problemText } from '../../app/problem.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Choice.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { triggersQuery, useCreateTrigger, useSaveTrigger } from './use-triggers.ts'

export function TriggersScreen() {
  const { t } = useTranslation('triggers')
  const rules = useQuery(triggersQuery)
  const [creating, setCreating] = useState(false)
  const mayChange = useMay('admin')
  return (
    <SettingsPage
      documentTitle={t('title')}
      title={t('title')}
      lead={t('lead')}
      actions={
        mayChange && (
          <Button variant="primary" icon={Plus} onClick={() => setCreating(true)}>
            {t('new')}
          </Button>
        )
      }
    >
      <Loaded query={rules}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState art="wave" title={t('none')} text={t('noneText')} />
          ) : (
            <ul className="lbox">
              {items.map((rule) => (
                <RuleRow key={rule.id} rule={rule} mayChange={mayChange} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <NewRule open={creating} onOpenChange={setCreating} />
    </SettingsPage>
  )
}

function RuleRow({ rule, mayChange }: { rule: TriggerRule; mayChange: boolean }) {
  const { t } = useTranslation('triggers')
  const save = useSaveTrigger(rule.id)
  return (
    <li className="row rule-row">
      <Switch
        label={t('switch', { name: rule.name })}
        checked={rule.enabled}
        disabled={!mayChange || save.isPending}
        onChange={(enabled) => save.mutate({ enabled })}
      />
      <Link className="lrow grow" to="/settings/triggers/$id" params={{ id: rule.id }}>
        <Icon of={Zap} className="t3" />
        <span className="grow">
          <span className="strong" dir="auto">
            {rule.name}
          </span>
          <span className="sub block">
            {t(`do.${rule.action.do}`)} · {t('conditionCount', { count: rule.conditions.length })}
          </span>
        </span>
        <span className="small num t3 hide-s">{t('fired', { count: rule.firedRecently })}</span>
        <Icon of={ChevronRight} size="s" className="t3 flip" />
      </Link>
    </li>
  )
}

function NewRule({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation(['triggers', 'common'])
  const [name, setName] = useState('')
  const create = useCreateTrigger()
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('create.title')}
      description={t('create.text')}
      onSubmit={() => {
        if (name.trim() !== '') create.mutate(name.trim())
      }}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" busy={create.isPending} disabled={name.trim() === ''}>
            {t('create.verb')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('name')}
        maxLength={100}
        value={name}
        error={create.error ? problemText(create.error) : undefined}
        onChange={(event) => setName(event.target.value)}
      />
    </Dialog>
  )
}
