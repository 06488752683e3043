/** The first visit: the owner's account, the workspace, and how to begin. Nothing is stored before the last step. */
import './texts.ts'
import { useNavigate } from '@tanstack/react-router'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../app/problem.ts'
import { useTitle } from '../app/title.ts'
import { Button } from '../ui/Button.tsx'
import { Banner } from '../ui/States.tsx'
import { AccountStep, StartStep, WorkspaceStep } from './SetupSteps.tsx'
import { Stepper } from './Stepper.tsx'
import { type Answers, BLANK, firstProblem, type Problem, STEPS, useSetUp } from './use-set-up.ts'

export function SetupScreen() {
  const { t } = useTranslation('entry')
  const [at, setAt] = useState(0)
  const [answers, setAnswers] = useState<Answers>(BLANK)
  const [problem, setProblem] = useState<Problem | null>(null)
  const setUp = useSetUp()
  const navigate = useNavigate()
  const step = STEPS[at] ?? 'account'
  useTitle(t('setup.title'))
  const change = (more: Partial<Answers>) => {
    setAnswers({ ...answers, ...more })
    setProblem(null)
  }
  const go = (event: FormEvent) => {
    event.preventDefault()
    const found = firstProblem(step, answers)
    setProblem(found)
    if (found || setUp.isPending) return
    if (at < STEPS.length - 1) setAt(at + 1)
    else setUp.mutate(answers, { onSuccess: () => void navigate({ to: '/welcome', replace: true }) })
  }
  const props = { answers, change, problem }
  return (
    <div className="setup">
      <Stepper at={at} onStep={setAt} />
      <main className="sheet" id="main">
        <div className="scroll grow">
          <form noValidate onSubmit={go} key={step}>
            <div className="small t3 num">{t('setup.step', { step: at + 1, of: STEPS.length })}</div>
            <h1 className="head big">{t(`setup.${step}.title`)}</h1>
            <p className="t2 lead">{t(`setup.${step}.text`)}</p>
            {step === 'account' && <AccountStep {...props} />}
            {step === 'workspace' && <WorkspaceStep {...props} />}
            {step === 'start' && <StartStep {...props} />}
            {setUp.error && <Refused error={setUp.error} />}
            <div className="row next">
              {at > 0 && (
                <Button variant="quiet" icon={ArrowLeft} onClick={() => setAt(at - 1)}>
                  {t('setup.back')}
                </Button>
              )}
              <span className="grow" />
              <Button type="submit" variant="primary" size="lg" keys="↵" busy={setUp.isPending}>
                {setUp.isPending ? t('setup.finishing') : step === 'start' ? t('setup.finish') : t('setup.continue')}
              </Button>
            </div>
          </form>
        </div>
      </main>
    </div>
  )
}

function Refused({ error }: { error: Error }) {
  return (
    <div className="next">
      <Banner tone="bad" icon={CircleAlert}>
        {problemText(error)}
      </Banner>
    </div>
  )
}
