/** Who is on the line, what you are in this call, and how long it lasts. */
import type { Call, Conversation } from '@earshot/contracts'
import { useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import Ear from 'lucide-react/icons/ear'
import Info from 'lucide-react/icons/info'
import Mic from 'lucide-react/icons/mic'
import MicOff from 'lucide-react/icons/mic-off'
import PhoneForwarded from 'lucide-react/icons/phone-forwarded'
import UserRound from 'lucide-react/icons/user-round'
import { useTranslation } from 'react-i18next'
import { useSession } from '../app/session.ts'
import { ContactAvatar } from '../ui/Avatar.tsx'
import { Badge } from '../ui/Badge.tsx'
import { IconButton } from '../ui/Button.tsx'
import { Elapsed } from './Elapsed.tsx'
import { callerName, clockStart, isHeldByPerson, isNumber, transferTarget } from './names.ts'
import { countryOf, prettyNumber } from './numbers.ts'
import { speaks, useOnAir } from './sound/on-air.ts'

type Props = { call: Call; conversation: Conversation; showsDetails: boolean; onDetails: () => void }

export function CallHead({ call, conversation, showsDetails, onDetails }: Props) {
  const { t } = useTranslation('calls')
  const navigate = useNavigate()
  const name = conversation.contact.name ?? call.from.name
  const title = name ?? callerName(call, t)
  const isLive = call.state !== 'ended'
  return (
    <header className="thead">
      <IconButton
        className="only-s"
        label={t('back')}
        icon={ArrowLeft}
        onClick={() => void navigate({ to: '/calls' })}
      />
      <span className="hide-s">
        <ContactAvatar name={name} size="md" />
      </span>
      <div className="who">
        <h2 className="title tr" dir={!name && isNumber(call) ? 'ltr' : 'auto'}>
          {title}
        </h2>
        <div className="small t3 tr" dir="auto">
          {aboutLine(call, name, t)}
        </div>
      </div>
      <Role call={call} />
      <div className="row g3">
        {isLive && <span className="pulse" />}
        <Elapsed since={clockStart(call)} until={call.endedAt} className="num callclock" />
      </div>
      <IconButton className="only-m" label={t('details')} icon={Info} pressed={showsDetails} onClick={onDetails} />
    </header>
  )
}

function aboutLine(call: Call, name: string | null, t: ReturnType<typeof useTranslation<'calls'>>['t']): string {
  const { number } = call.from
  const parts = [
    name && number ? prettyNumber(number) : null,
    number ? countryOf(number) : null,
    call.line?.name ?? t(`way.${call.way}`),
    t(call.direction),
  ]
  return parts.filter(Boolean).join(' · ')
}

/** What you are here; else who speaks. */
function Role({ call }: { call: Call }) {
  const { t } = useTranslation('calls')
  const { member } = useSession()
  const air = useOnAir()
  const here = air?.conversationId === call.conversationId ? air : null
  const recording = call.recording.state
  return (
    <>
      {call.demo && (
        <span title={t('demoHint')} className="hide-s">
          <Badge tone="note">{t('demo')}</Badge>
        </span>
      )}
      {call.state !== 'ended' && recording !== 'on' && (
        <Badge tone={recording === 'failed' ? 'bad' : 'warn'} className="hide-s">
          {t(`panel.recording.${recording}`)}
        </Badge>
      )}
      <span className={clsx('callrole', !here && 'hide-s')} role="status">
        {here ? (
          speaks(here) ? (
            <Badge tone={here.isMuted ? 'warn' : 'info'} icon={here.isMuted ? MicOff : Mic}>
              {t(here.isMuted ? 'is.muted' : 'is.speaking')}
            </Badge>
          ) : (
            <Badge icon={Ear}>{t('is.listening')}</Badge>
          )
        ) : (
          <State call={call} memberId={member.id} />
        )}
      </span>
    </>
  )
}

function State({ call, memberId }: { call: Call; memberId: string }) {
  const { t } = useTranslation('calls')
  if (isHeldByPerson(call.state) && call.holder) {
    const words = call.holder.id === memberId ? t('is.speaking') : t('is.personSpeaks', { name: call.holder.name })
    return (
      <Badge tone="info" icon={UserRound}>
        {words}
      </Badge>
    )
  }
  if (call.state === 'transferring' || call.state === 'transferred')
    return (
      <Badge tone="info" icon={PhoneForwarded}>
        {t(`is.${call.state}`, { to: transferTarget(call) })}
      </Badge>
    )
  if (call.state === 'ringing' || call.state === 'queued') return <Badge tone="warn">{t(`is.${call.state}`)}</Badge>
  return call.state === 'ended' ? <Badge>{t('is.ended')}</Badge> : null
}
