/** One trigger rule: when, then, limits, and beside them what a visitor will see. */
import type { TriggerRule } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import Trash2 from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NotFoundPage } from '../../app/ErrorPages.tsx'
import { LeaveGuard } from '../../app/LeaveGuard.tsx'
import { Loaded } from '../../app/Loaded.tsx'
import { useMay } from '../../app/session.ts'
import { useDraft } from '../../app/use-draft.ts'
import { Button } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Choice.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Input, TextField } from '../../ui/Field.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { ActionForm } from './ActionForm.tsx'
import { AlsoForm } from './AlsoForm.tsx'
import { Conditions } from './Conditions.tsx'
import { Preview } from './Preview.tsx'
import { fieldsOf, isSound, type RuleFields } from './rule-fields.ts'
import { triggersQuery, useDeleteTrigger, useSaveTrigger } from './use-triggers.ts'

export function TriggerScreen() {
  const { id } = useParams({ from: '/work/settings/triggers/$id' })
  const rules = useQuery(triggersQuery)
  return (
    <Loaded query={rules}>
      {(items) => {
        const rule = items.find((one) => one.id === id)
        return rule ? <OneRule rule={rule} key={rule.id} /> : <NotFoundPage />
      }}
    </Loaded>
  )
}

function OneRule({ rule }: { rule: TriggerRule }) {
  const { t } = useTranslation(['triggers', 'common'])
  const draft = useDraft<RuleFields>(fieldsOf(rule))
  const save = useSaveTrigger(rule.id)
  const mayChange = useMay('admin')
  const { value, change } = draft
  return (
    <SettingsPage
      documentTitle={rule.name}
      title={<span dir="auto">{rule.name}</span>}
      lead={t('ruleLead', { version: rule.version })}
      actions={
        mayChange && (
          <>
            <span className="row g3">
              <Switch label={t('on')} checked={value.enabled} onChange={(enabled) => change({ enabled })} />
              <span className="t2">{t(value.enabled ? 'on' : 'off')}</span>
            </span>
            <Button
              variant="primary"
              busy={save.isPending}
              disabled={!draft.changed || !isSound(value)}
              onClick={() => save.mutate(draft.edits, { onSuccess: draft.reset })}
            >
              {t('common:save')}
            </Button>
          </>
        )
      }
    >
      <div className="trgrid">
        <fieldset disabled={!mayChange} className="col trform">
          <TextField
            label={t('name')}
            maxLength={100}
            value={value.name}
            onChange={(event) => change({ name: event.target.value })}
          />
          <Conditions conditions={value.conditions} onChange={(conditions) => change({ conditions })} />
          <ActionForm value={value} onChange={change} />
          <AlsoForm rule={rule} value={value} onChange={change} />
          <Limits value={value} onChange={change} />
          {mayChange && <DeleteRule rule={rule} />}
        </fieldset>
        <div className="col trside">
          <Preview action={value.action} />
          <p className="small t2">{t('recently', { fired: rule.firedRecently, accepted: rule.acceptedRecently })}</p>
        </div>
      </div>
      <LeaveGuard changed={draft.changed} />
    </SettingsPage>
  )
}

type PartProps = { value: RuleFields; onChange: (edits: Partial<RuleFields>) => void }

function Limits({ value, onChange }: PartProps) {
  const { t } = useTranslation('triggers')
  const number = (key: 'perVisit' | 'waitDays', min: number, max: number) => (
    <Input
      className="num narrow"
      type="number"
      inputMode="numeric"
      min={min}
      max={max}
      aria-label={t(key)}
      value={Number.isNaN(value[key]) ? '' : value[key]}
      onChange={(event) => onChange({ [key]: event.target.valueAsNumber })}
    />
  )
  return (
    <section className="col gap">
      <h2 className="title">{t('limits')}</h2>
      <div className="row wrap">
        {number('perVisit', 1, 10)}
        <span className="t2">{t('perVisitAfter')}</span>
        {number('waitDays', 0, 365)}
        <span className="t2">{t('waitDaysAfter')}</span>
      </div>
      <p className="small t3">{t('consent')}</p>
    </section>
  )
}

function DeleteRule({ rule }: { rule: TriggerRule }) {
  const { t } = useTranslation(['triggers', 'common'])
  const [asking, setAsking] = useState(false)
  const remove = useDeleteTrigger(rule.id)
  return (
    <div>
      <Button variant="danger" icon={Trash2} onClick={() => setAsking(true)}>
        {t('delete.verb')}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        destructive
        title={t('delete.title', { name: rule.name })}
        description={t('delete.text')}
        verb={t('delete.verb')}
        cancel={t('common:cancel')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      />
    </div>
  )
}
