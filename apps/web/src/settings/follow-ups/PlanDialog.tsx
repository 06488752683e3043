/** Add or change a follow-up plan. */
import type { FollowUpPlan } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { stagesQuery } from '../../conversations/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox, RadioCards } from '../../ui/Choice.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field, TextField } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { PlanSteps } from './PlanSteps.tsx'
import { Silence } from './Silence.tsx'
import { type PlanWish, usePlanCommands } from './use-follow-ups.ts'

const KINDS = ['inactivity', 'lead'] as const
const ENDS = ['nothing', 'close', 'handoff'] as const
const FRESH: PlanWish = {
  kind: 'inactivity',
  name: '',
  agentIds: [],
  channelIds: [],
  stages: [],
  steps: [{ afterMinutes: 30, text: '' }],
  end: { do: 'close', afterMinutes: 60 },
  inHours: true,
}

function wishOf({ kind, name, agentIds, channelIds, stages, steps, end, inHours }: PlanWish): PlanWish {
  return { kind, name, agentIds, channelIds, stages, steps, end, inHours }
}

export function PlanDialog({ plan, onDone }: { plan?: FollowUpPlan; onDone: () => void }) {
  const { t } = useTranslation('followUps')
  const { save } = usePlanCommands()
  const [wish, setWish] = useState<PlanWish>(wishOf(plan ?? FRESH))
  const set = (change: Partial<PlanWish>) => setWish((now) => ({ ...now, ...change }))
  const whole =
    wish.name.trim() !== '' &&
    wish.steps.every(({ text }) => text.trim() !== '') &&
    (wish.steps.length > 0 || wish.end.do !== 'nothing') &&
    (wish.kind === 'inactivity' || wish.stages.length > 0)
  const submit = () => {
    if (!whole || save.isPending) return
    const onSuccess = () => {
      onDone()
      toast.done(t('saved', { name: wish.name.trim() }))
    }
    save.mutate({ ...wish, name: wish.name.trim(), ...(plan && { id: plan.id }) }, { onSuccess })
  }
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onDone()}
      title={plan ? t('changeTitle', { name: plan.name }) : t('addTitle')}
      description={plan?.enabled ? t('changeHint') : undefined}
      onSubmit={submit}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onDone}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.isPending} disabled={!whole}>
            {t(plan ? 'save' : 'add')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('name')}
        value={wish.name}
        maxLength={80}
        autoFocus
        dir="auto"
        onChange={(event) => set({ name: event.target.value })}
      />
      <RadioCards
        label={t('what')}
        value={wish.kind}
        onChange={(kind) => set({ kind })}
        options={KINDS.map((value) => ({ value, title: t(`kind.${value}`), text: t(`kindText.${value}`) }))}
      />
      <Stages chosen={wish.stages} onStages={(stages) => set({ stages })} />
      <PlanSteps steps={wish.steps} onSteps={(steps) => set({ steps })} />
      <Field label={t('end')}>
        {({ id }) => (
          <Select
            id={id}
            label={t('end')}
            value={wish.end.do}
            onChange={(end) => set({ end: { ...wish.end, do: end } })}
            options={ENDS.map((value) => ({ value, label: t(`endDo.${value}`) }))}
          />
        )}
      </Field>
      {wish.end.do !== 'nothing' && (
        <Silence
          minutes={wish.end.afterMinutes}
          onMinutes={(afterMinutes) => set({ end: { ...wish.end, afterMinutes } })}
        />
      )}
      <Checkbox checked={wish.inHours} onChange={(inHours) => set({ inHours })}>
        {t('inHours')}
      </Checkbox>
    </Dialog>
  )
}

function Stages({ chosen, onStages }: { chosen: string[]; onStages: (stages: string[]) => void }) {
  const { t } = useTranslation('followUps')
  const { data: stages = [] } = useQuery(stagesQuery)
  return (
    <fieldset className="field">
      <legend className="label">
        {t('stages')} {chosen.length === 0 && <span className="small t3">{t('anyStage')}</span>}
      </legend>
      <div className="row g3 wrap">
        {stages.map(({ key, name }) => (
          <Checkbox
            key={key}
            checked={chosen.includes(key)}
            onChange={(on) => onStages(on ? [...chosen, key] : chosen.filter((one) => one !== key))}
          >
            {name}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  )
}
