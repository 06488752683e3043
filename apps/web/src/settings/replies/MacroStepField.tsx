/** One step of a macro, to be filled in. */
import type { MacroStep } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { stagesQuery } from '../../conversations/queries.ts'
import { IconButton } from '../../ui/Button.tsx'
import { Input, TextArea } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'

export const STEP_KINDS = ['reply', 'note', 'stage', 'tag', 'assign_me', 'priority', 'snooze', 'close'] as const
export type StepKind = (typeof STEP_KINDS)[number]
const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const

/** Steps that this screen does not know keep their place and can be taken out. */
export function stepKind(step: MacroStep): StepKind | 'other' {
  if (step.type !== 'act') return step.type
  const { type } = step.action
  if (type === 'tags') return 'tag'
  return type === 'stage' || type === 'priority' || type === 'snooze' || type === 'close' ? type : 'other'
}

export function freshStep(kind: StepKind, stage: string): MacroStep {
  switch (kind) {
    case 'reply':
    case 'note':
      return { type: kind, text: '' }
    case 'assign_me':
      return { type: kind }
    case 'stage':
      return { type: 'act', action: { type: 'stage', stage } }
    case 'tag':
      return { type: 'act', action: { type: 'tags', add: [{ key: '', value: '' }], remove: [] } }
    case 'priority':
      return { type: 'act', action: { type: 'priority', priority: 'high' } }
    case 'snooze':
      return { type: 'act', action: { type: 'snooze', snooze: { until: null, untilReply: true } } }
    case 'close':
      return { type: 'act', action: { type: 'close' } }
  }
}

type Props = { step: MacroStep; n: number; onStep: (step: MacroStep) => void; onRemove: () => void }

export function MacroStepField({ step, n, onStep, onRemove }: Props) {
  const { t } = useTranslation('replies')
  return (
    <div className="macro-step">
      <div className="grow">
        <StepContent step={step} onStep={onStep} />
      </div>
      <IconButton size="sm" label={t('macro.removeStep', { n })} icon={X} onClick={onRemove} />
    </div>
  )
}

function StepContent({ step, onStep }: Pick<Props, 'step' | 'onStep'>) {
  const { t } = useTranslation('replies')
  const { data: stages = [] } = useQuery(stagesQuery)
  const kind = stepKind(step)
  if (step.type === 'reply' || step.type === 'note')
    return (
      <TextArea
        label={t(`macro.step.${step.type}`)}
        value={step.text}
        maxLength={8000}
        dir="auto"
        onChange={(event) => onStep({ ...step, text: event.target.value })}
      />
    )
  if (kind === 'other') return <span>{step.type === 'act' ? step.action.type : step.type}</span>
  const label = t(`macro.step.${kind}`)
  if (step.type === 'act' && step.action.type === 'stage')
    return (
      <Labelled label={label}>
        <Select
          label={label}
          value={step.action.stage}
          onChange={(stage) => onStep({ type: 'act', action: { type: 'stage', stage } })}
          options={stages.map(({ key, name }) => ({ value: key, label: name }))}
        />
      </Labelled>
    )
  if (step.type === 'act' && step.action.type === 'priority')
    return (
      <Labelled label={label}>
        <Select
          label={label}
          value={step.action.priority}
          onChange={(priority) => onStep({ type: 'act', action: { type: 'priority', priority } })}
          options={PRIORITIES.map((value) => ({ value, label: t(`macro.priority.${value}`) }))}
        />
      </Labelled>
    )
  if (step.type === 'act' && step.action.type === 'tags') return <TagStep step={step} onStep={onStep} />
  return <span className="strong">{label}</span>
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="row g3">
      <span className="strong">{label}</span>
      <div className="grow">{children}</div>
    </div>
  )
}

function TagStep({ step, onStep }: Pick<Props, 'step' | 'onStep'>) {
  const { t } = useTranslation('replies')
  if (step.type !== 'act' || step.action.type !== 'tags') return null
  const [first] = step.action.add
  const written = first ? (first.value ? `${first.key}:${first.value}` : first.key) : ''
  const write = (text: string) => {
    const [key = '', ...rest] = text.split(':')
    const value = rest.join(':').trim()
    onStep({ type: 'act', action: { type: 'tags', add: [{ key: key.trim(), value }], remove: [] } })
  }
  return (
    <Labelled label={t('macro.step.tag')}>
      <Input
        aria-label={t('macro.tagLabel')}
        value={written}
        maxLength={120}
        dir="auto"
        onChange={(e) => write(e.target.value)}
      />
    </Labelled>
  )
}
