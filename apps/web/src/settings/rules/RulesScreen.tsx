/** Settings → Own flags: each with what it raised, its switch, its versions. */
import './texts.ts'
import '../../styles/rules.css'
import type { FlagRule } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { RuleDialog } from './RuleDialog.tsx'
import { type Asked, RuleRow } from './RuleRow.tsx'
import { RuleVersions } from './RuleVersions.tsx'
import { rulesQuery, useRuleCommands } from './use-rules.ts'

export function RulesScreen() {
  const { t } = useTranslation('rules')
  const may = useMay('admin')
  const rules = useQuery(rulesQuery)
  const [asked, setAsked] = useState<Asked>(null)
  const done = () => setAsked(null)
  return (
    <SettingsPage
      documentTitle={t('title')}
      title={t('title')}
      lead={t('lead')}
      actions={
        may && (
          <Button variant="primary" icon={Plus} onClick={() => setAsked({ what: 'add' })}>
            {t('add')}
          </Button>
        )
      }
    >
      <Loaded query={rules} rows={3}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState art="search" title={t('none')} text={t('noneText')} />
          ) : (
            <ul className="lbox" aria-label={t('title')}>
              {items.map((rule) => (
                <RuleRow rule={rule} key={rule.id} onAsk={setAsked} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {asked?.what === 'add' && <RuleDialog onDone={done} />}
      {asked?.what === 'change' && <RuleDialog key={asked.rule.id} rule={asked.rule} onDone={done} />}
      {asked?.what === 'versions' && (
        <RuleVersions rule={asked.rule} onDone={done} onTake={(rule) => setAsked({ what: 'change', rule })} />
      )}
      {asked?.what === 'delete' && <DeleteRule rule={asked.rule} onDone={done} />}
    </SettingsPage>
  )
}

function DeleteRule({ rule, onDone }: { rule: FlagRule; onDone: () => void }) {
  const { t } = useTranslation('rules')
  const { remove } = useRuleCommands()
  const onSuccess = () => {
    onDone()
    toast.done(t('deleted', { name: rule.name }))
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onDone()}
      title={t('deleteTitle', { name: rule.name })}
      description={t('deleteText')}
      verb={t('delete')}
      cancel={t('cancel')}
      destructive
      busy={remove.isPending}
      onConfirm={() => remove.mutate(rule.id, { onSuccess })}
    />
  )
}
