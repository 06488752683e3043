/** Make your first call: hear yourself, speak with an agent, watch it, give it a number; and whether sound gets through at all. */
import './texts.ts'
import '../../styles/call-setup.css'
import { Link } from '@tanstack/react-router'
import CircleCheck from 'lucide-react/icons/circle-check'
import ExternalLink from 'lucide-react/icons/external-link'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { useTitle } from '../../app/title.ts'
import { buttonClass } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { CallAgent } from './CallAgent.tsx'
import { MicCheck } from './MicCheck.tsx'
import { NetworkTest } from './NetworkTest.tsx'
import type { StepProps } from './step.ts'
import { useTriedCall } from './use-tried-call.ts'

export function SetupScreen() {
  const { t } = useTranslation('callSetup')
  const [heard, setHeard] = useState(false)
  const [watched, setWatched] = useState(false)
  const mayConfigure = useMay('admin')
  const tried = useTriedCall()
  useTitle(t('title'))
  const done = [heard, tried.hasSpoken, watched].filter(Boolean).length
  return (
    <div className="scroll grow">
      <div className="callsetup">
        <header className="row t">
          <div className="grow">
            <h1 className="head">{t('title')}</h1>
            <p className="t2">{t('lead')}</p>
          </div>
          <span className="small t3 num">{t('progress', { done })}</span>
        </header>
        <div className="lbox">
          <Step at={1} isDone={heard} title={t('mic.title')}>
            <MicCheck onHeard={() => setHeard(true)} isBusy={tried.isOn} />
          </Step>
          <CallAgent tried={tried} Step={Step} />
          <Step at={3} isDone={watched} title={t('watch.title')}>
            <p className="t3 small">{t('watch.text')}</p>
            <Link
              className={buttonClass({ size: 'sm' })}
              to={tried.call && tried.isOn ? '/calls/$conversationId' : '/calls'}
              params={{ conversationId: tried.call?.conversationId ?? '' }}
              target="_blank"
              onClick={() => setWatched(true)}
            >
              <Icon of={ExternalLink} size="s" />
              {t('watch.open')}
            </Link>
          </Step>
          <Step at={4} isDone={false} title={t('number.title')}>
            <p className="t3 small">{t('number.text')}</p>
            <Numbers mayConfigure={mayConfigure} />
          </Step>
        </div>
        <NetworkTest />
      </div>
    </div>
  )
}

function Step({ at, isDone, isNow, title, children }: StepProps) {
  return (
    <section className="check2" aria-label={title}>
      {isDone ? (
        <span className="ok">
          <Icon of={CircleCheck} />
        </span>
      ) : (
        <span className={isNow ? 'stepno now' : 'stepno'} aria-hidden>
          {at}
        </span>
      )}
      <div className="step-body">
        <h2 className="strong">{title}</h2>
        {children}
      </div>
    </section>
  )
}

function Numbers({ mayConfigure }: { mayConfigure: boolean }) {
  const { t } = useTranslation('callSetup')
  if (!mayConfigure) return null
  return (
    <div className="pick">
      <Link className="numberlink" to="/settings/voice" hash="add-twilio">
        <span className="strong">{t('number.twilio')}</span>
        <span className="small t3">{t('number.twilioText')}</span>
      </Link>
      <Link className="numberlink" to="/settings/voice" hash="add-sip">
        <span className="strong">{t('number.sip')}</span>
        <span className="small t3">{t('number.sipText')}</span>
      </Link>
      <Link className="numberlink" to="/settings/channels">
        <span className="strong">{t('number.web')}</span>
        <span className="small t3">{t('number.webText')}</span>
      </Link>
    </div>
  )
}
