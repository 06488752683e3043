/** On every other screen, like a phone: whom one hears or speaks with, and the ways to mute, give back and return. */
import { Link, useParams } from '@tanstack/react-router'
import clsx from 'clsx'
import AudioLines from 'lucide-react/icons/audio-lines'
import EarOff from 'lucide-react/icons/ear-off'
import Mic from 'lucide-react/icons/mic'
import MicOff from 'lucide-react/icons/mic-off'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../app/shortcuts.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { toast } from '../ui/Toasts.tsx'
import { useCallCommands } from './actions/use-call-commands.ts'
import { Elapsed } from './Elapsed.tsx'
import { HeldControls } from './incoming/HeldControls.tsx'
import { leaveAir, type OnAir, setMuted, speaks, stopSpeaking } from './sound/on-air.ts'

export function OnAirBar({ air }: { air: OnAir }) {
  const { t } = useTranslation('calls')
  const { conversationId: shown } = useParams({ strict: false })
  const mute = () => setMuted(!air.isMuted)
  useShortcuts(speaks(air) ? [{ keys: 'M', group: 'act', label: t('keys.mute'), run: mute }] : [])
  // The call's own screen says all of it.
  if (shown === air.conversationId) return null
  const word = air.line !== 'live' ? 'cut' : !speaks(air) ? 'listening' : air.isMuted ? 'muted' : 'speaking'
  return (
    <section className={clsx('onair', speaks(air) && 'speaks')} aria-label={t('bar.label')}>
      <span className="pulse" />
      <Link
        className="onairname"
        to="/calls/$conversationId"
        params={{ conversationId: air.conversationId }}
        title={t('bar.open')}
      >
        <span className="strong tr" dir="auto">
          {air.name}
        </span>
        <span className="small t3 row g2">
          <span role="status">{t(`bar.${word}`)}</span>
          <Elapsed since={air.since} />
        </span>
      </Link>
      {speaks(air) ? (
        <>
          <IconButton
            label={t(air.isMuted ? 'do.unmute' : 'do.mute')}
            keys="M"
            icon={air.isMuted ? MicOff : Mic}
            pressed={air.isMuted}
            onClick={mute}
          />
          {air.role === 'human' ? <HeldControls air={air} /> : <GiveBack air={air} />}
        </>
      ) : (
        <Button size="sm" icon={EarOff} onClick={() => leaveAir()}>
          {t('bar.leave')}
        </Button>
      )}
    </section>
  )
}

function GiveBack({ air }: { air: OnAir }) {
  const { t } = useTranslation('calls')
  const { release } = useCallCommands(air)
  return (
    <Button
      size="sm"
      variant="primary"
      icon={AudioLines}
      busy={release.isPending}
      onClick={() =>
        release.mutate('', {
          onSuccess: ({ call }) => {
            stopSpeaking()
            leaveAir()
            toast.done(t('done.handedBack', { agent: call.agent?.name ?? t('theAgent') }))
          },
        })
      }
    >
      {t('bar.hangUp')}
    </Button>
  )
}
