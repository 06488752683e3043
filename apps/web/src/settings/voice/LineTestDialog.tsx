/** The test of a line, step by step, each with what to do; and the addresses that its carrier needs. */
import type { Line, LineTestStep } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { CopyValue } from '../../ui/Copy.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { SkeletonRows } from '../../ui/States.tsx'
import { linesQuery, useLineCommands } from './use-voice.ts'

type Props = { id: string; isNew?: boolean | undefined; onDone: () => void }

export function LineTestDialog({ id, isNew, onDone }: Props) {
  const { t } = useTranslation('voice')
  const line = useQuery(linesQuery).data?.find((one) => one.id === id)
  const { test } = useLineCommands()
  const begun = useRef(false)
  const { mutate } = test
  useEffect(() => {
    // Strict mode draws twice; the carrier is asked once.
    if (begun.current) return
    begun.current = true
    mutate(id)
  }, [id, mutate])
  const seen = test.data ?? null
  const name = line?.name ?? seen?.name ?? ''
  const title =
    test.isPending || !seen?.test ? t('testing', { name }) : t(seen.test.ok ? 'testOk' : 'testFailed', { name })
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => !open && onDone()}
      title={title}
      description={isNew ? t('savedAndTested') : t('testLead')}
      footer={
        <>
          <Button busy={test.isPending} onClick={() => mutate(id)}>
            {t('testAgain')}
          </Button>
          <span className="grow" />
          <Button variant="primary" onClick={onDone}>
            {t('close')}
          </Button>
        </>
      }
    >
      <div aria-live="polite" aria-busy={test.isPending}>
        {test.isPending && <SkeletonRows rows={3} />}
        {!test.isPending && seen?.test && (
          <ol className="lbox voice-steps">
            {seen.test.steps.map((step) => (
              <Step key={step.step} step={step} />
            ))}
          </ol>
        )}
      </div>
      {line?.twilio && <Addresses twilio={line.twilio} />}
    </Dialog>
  )
}

const SHAPES = { passed: CircleCheck, failed: CircleAlert, skipped: CircleDashed }

function Step({ step: { step, outcome, problem, detail } }: { step: LineTestStep }) {
  const { t } = useTranslation('voice')
  const say = useProblemWords()
  return (
    <li className="lrow voice-step" data-outcome={outcome}>
      <Icon of={SHAPES[outcome]} size="s" />
      <span className="grow">
        <span className="strong">{t(`step.${step}`)}</span> <span className="sr">{t(`outcome.${outcome}`)}</span>
        <span className="sub block">{problem ? say(step, problem) : t(`outcome.${outcome}`)}</span>
        {detail && (
          <code className="voice-detail" dir="auto">
            {detail}
          </code>
        )}
      </span>
    </li>
  )
}

/** The same trouble asks for something else in another place. */
function useProblemWords() {
  const { t } = useTranslation('voice')
  return (step: LineTestStep['step'], problem: NonNullable<LineTestStep['problem']>): string => {
    if (step === 'origin' && problem === 'unreachable') return t('originUnreachable')
    if (step === 'media' && problem === 'unreachable') return t('mediaUnreachable')
    if (step === 'media' && problem === 'not_public') return t('mediaNotPublic')
    return t(`problem.${problem}`)
  }
}

/** Typed in at Twilio, at the number. */
function Addresses({ twilio }: { twilio: NonNullable<Line['twilio']> }) {
  const { t } = useTranslation('voice')
  return (
    <dl className="voice-addresses">
      <dt>{t('voiceUrl')}</dt>
      <dd dir="ltr">
        <CopyValue text={twilio.voiceUrl} label={t('copyVoiceUrl', { url: twilio.voiceUrl })} />
      </dd>
      <dt>{t('statusUrl')}</dt>
      <dd dir="ltr">
        <CopyValue text={twilio.statusUrl} label={t('copyStatusUrl', { url: twilio.statusUrl })} />
      </dd>
    </dl>
  )
}
