/** The messages of a plan: what, and after how much silence. */
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/Button.tsx'
import { TextArea } from '../../ui/Field.tsx'
import { Silence } from './Silence.tsx'
import type { PlanWish } from './use-follow-ups.ts'

const MOST = 5
const EXAMPLE = '{{contact.firstName|there}}'

type Props = { steps: PlanWish['steps']; onSteps: (steps: PlanWish['steps']) => void }

export function PlanSteps({ steps, onSteps }: Props) {
  const { t } = useTranslation('followUps')
  return (
    <div className="field">
      <span className="label">{t('steps')}</span>
      <span className="hint">{t('stepsHint', { example: EXAMPLE })}</span>
      {steps.map((step, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: messages have no names, and keep their places while they are changed
        <div className="macro-step" key={i}>
          <div className="grow">
            <Silence
              minutes={step.afterMinutes}
              onMinutes={(afterMinutes) => onSteps(steps.with(i, { ...step, afterMinutes }))}
            />
            <TextArea
              label={t('step', { n: i + 1 })}
              value={step.text}
              maxLength={4000}
              dir="auto"
              onChange={(event) => onSteps(steps.with(i, { ...step, text: event.target.value }))}
            />
          </div>
          <IconButton
            size="sm"
            label={t('removeStep', { n: i + 1 })}
            icon={X}
            onClick={() => onSteps(steps.toSpliced(i, 1))}
          />
        </div>
      ))}
      <div className="row">
        <Button
          size="sm"
          icon={Plus}
          disabled={steps.length >= MOST}
          onClick={() => onSteps([...steps, { afterMinutes: 1440, text: '' }])}
        >
          {t('addStep')}
        </Button>
      </div>
    </div>
  )
}
