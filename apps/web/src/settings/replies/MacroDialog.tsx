/** Add or change a macro: its steps, its key, and who has it. */
import type { Macro, MacroStep } from '@earshot/contracts'
import { unknownVariables } from '@earshot/contracts/reply-variables'
import { useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { stagesQuery } from '../../conversations/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field, TextField } from '../../ui/Field.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { Select } from '../../ui/Select.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { ForWhom } from './ForWhom.tsx'
import { freshStep, MacroStepField, STEP_KINDS, stepKind } from './MacroStepField.tsx'
import { type MacroWish, useMacroCommands } from './use-replies.ts'

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const
const MOST_STEPS = 10

export function MacroDialog({ macro, onDone }: { macro?: Macro; onDone: () => void }) {
  const { t } = useTranslation('replies')
  const { save } = useMacroCommands()
  const [wish, setWish] = useState<MacroWish>({
    name: macro?.name ?? '',
    digit: macro?.digit ?? null,
    steps: macro?.steps ?? [],
    shared: macro?.shared ?? false,
  })
  const set = (change: Partial<MacroWish>) => setWish((now) => ({ ...now, ...change }))
  const whole = wish.name.trim() !== '' && wish.steps.length > 0 && wish.steps.every(isWhole)
  const submit = () => {
    if (!whole || save.isPending) return
    const onSuccess = () => {
      onDone()
      toast.done(t(macro ? 'changed' : 'added', { name: wish.name.trim() }))
    }
    save.mutate({ ...wish, name: wish.name.trim(), ...(macro && { id: macro.id }) }, { onSuccess })
  }
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onDone()}
      title={macro ? t('macro.changeTitle', { name: macro.name }) : t('macro.addTitle')}
      onSubmit={submit}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onDone}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.isPending} disabled={!whole}>
            {t(macro ? 'save' : 'macro.add')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('macro.name')}
        value={wish.name}
        maxLength={80}
        autoFocus
        dir="auto"
        onChange={(event) => set({ name: event.target.value })}
      />
      <Steps steps={wish.steps} onSteps={(steps) => set({ steps })} />
      <Field label={t('macro.key')} hint={t('macro.keyHint')}>
        {({ id }) => (
          <Select
            id={id}
            label={t('macro.key')}
            value={String(wish.digit ?? 0) as (typeof DIGITS)[number]}
            onChange={(digit) => set({ digit: digit === '0' ? null : Number(digit) })}
            options={DIGITS.map((digit) => ({
              value: digit,
              label: digit === '0' ? t('macro.noKey') : t('macro.keyIs', { digit }),
            }))}
          />
        )}
      </Field>
      <ForWhom shared={wish.shared} onShared={(shared) => set({ shared })} />
    </Dialog>
  )
}

/** A step that says something says it in words that can be filled; one that tags names the tag. */
function isWhole(step: MacroStep): boolean {
  if (step.type === 'reply' || step.type === 'note')
    return step.text.trim() !== '' && unknownVariables(step.text).length === 0
  return step.type !== 'act' || step.action.type !== 'tags' || step.action.add.every(({ key }) => key.trim() !== '')
}

function Steps({ steps, onSteps }: { steps: MacroStep[]; onSteps: (steps: MacroStep[]) => void }) {
  const { t } = useTranslation('replies')
  const { data: stages = [] } = useQuery(stagesQuery)
  const used = new Set(steps.map(stepKind))
  return (
    <div className="field">
      <span className="label">{t('macro.steps')}</span>
      {steps.map((step, i) => (
        <MacroStepField
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no names, and keep their places while they are changed
          key={i}
          step={step}
          n={i + 1}
          onStep={(next) => onSteps(steps.with(i, next))}
          onRemove={() => onSteps(steps.toSpliced(i, 1))}
        />
      ))}
      <div className="row">
        <Menu
          trigger={
            <Button size="sm" icon={Plus} disabled={steps.length >= MOST_STEPS}>
              {t('macro.addStep')}
            </Button>
          }
        >
          {STEP_KINDS.filter((kind) => kind === 'tag' || !used.has(kind)).map((kind) => (
            <MenuItem key={kind} onSelect={() => onSteps([...steps, freshStep(kind, stages[0]?.key ?? 'in_progress')])}>
              {t(`macro.step.${kind}`)}
            </MenuItem>
          ))}
        </Menu>
      </div>
    </div>
  )
}
