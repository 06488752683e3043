/** Before one speaks: the microphone is asked for and heard here, and only then is the agent silenced. */

import { call as ask } from '@earshot/client'
import { MicrophoneError, type NoMicrophone } from '@earshot/client/sound'
import { type Call, getOwnPhone } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import Mic from 'lucide-react/icons/mic'
import MicOff from 'lucide-react/icons/mic-off'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { Banner } from '../../ui/States.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { agentOf, clockStart, useCallerName } from '../names.ts'
import { deviceOf, measure, microphones, openChosenMicrophone, rememberMicrophone } from '../sound/microphones.ts'
import { beginSpeaking, goOnAir, onAir } from '../sound/on-air.ts'
import { useCallCommands } from './use-call-commands.ts'

type Asked = { state: 'asking' } | { state: 'open'; microphone: MediaStream } | { state: 'none'; why: NoMicrophone }

type Props = { call: Call; how: 'takeOver' | 'comeBack'; onClose: () => void }

/** To take a call over, or to come back to one's own from a page that was loaded anew. */
export function TakeOverDialog({ call, how, onClose }: Props) {
  const { t } = useTranslation('calls')
  const { asked, again, keep } = useMicrophone()
  const { speak, byPhone, isBusy } = useTakeOver(call, how, keep, onClose)
  const { data: phone } = useQuery({
    queryKey: ['voice', 'own-phone'],
    queryFn: ({ signal }) => ask(getOwnPhone, { signal }),
    retry: false,
  })
  const agent = agentOf(call, t)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`${how}.title`)}
      description={t(`${how}.text`, { agent })}
      onSubmit={() => asked.state === 'open' && !isBusy && speak(asked.microphone)}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          {asked.state === 'none' ? (
            <Button variant="primary" onClick={() => again()}>
              {t('retry')}
            </Button>
          ) : (
            <Button type="submit" variant="primary" busy={isBusy} disabled={asked.state !== 'open'}>
              {t(`${how}.verb`)}
            </Button>
          )}
        </>
      }
    >
      {asked.state === 'asking' && (
        <Banner tone="info" busy>
          {t('takeOver.asking')}
        </Banner>
      )}
      {asked.state === 'none' && (
        <Banner tone="bad" icon={MicOff}>
          {t(`takeOver.problem.${asked.why}`)}
        </Banner>
      )}
      {asked.state === 'open' && <Heard microphone={asked.microphone} onOther={again} />}
      {how === 'takeOver' && phone?.number && (
        <div className="row small t2">
          <span className="grow">{t('takeOver.byPhone')}</span>
          <Button size="sm" busy={isBusy} onClick={byPhone}>
            {t('takeOver.byPhoneVerb')}
          </Button>
        </div>
      )}
    </Dialog>
  )
}

/** Asks as the dialog opens; what was not kept is let go as it closes. */
function useMicrophone() {
  const [asked, setAsked] = useState<Asked>({ state: 'asking' })
  const open = useRef<MediaStream>(undefined)
  const kept = useRef(false)
  const turn = useRef(0)
  const letGo = () => {
    if (!kept.current) for (const track of open.current?.getTracks() ?? []) track.stop()
    open.current = undefined
  }
  const again = (deviceId?: string) => {
    letGo()
    const mine = ++turn.current
    setAsked({ state: 'asking' })
    openChosenMicrophone(deviceId).then(
      (microphone) => {
        if (mine !== turn.current) {
          for (const track of microphone.getTracks()) track.stop()
          return
        }
        open.current = microphone
        setAsked({ state: 'open', microphone })
      },
      (error: unknown) => {
        if (mine === turn.current)
          setAsked({ state: 'none', why: error instanceof MicrophoneError ? error.why : 'missing' })
      },
    )
  }
  const first = useRef(again)
  useEffect(() => {
    first.current()
    return () => {
      turn.current++
      if (!kept.current) for (const track of open.current?.getTracks() ?? []) track.stop()
    }
  }, [])
  const keep = () => {
    kept.current = true
  }
  return { asked, again, keep }
}

function useTakeOver(call: Call, how: Props['how'], keep: () => void, onClose: () => void) {
  const { t } = useTranslation('calls')
  const { takeOver, comeBack } = useCallCommands(call)
  const name = useCallerName(call)
  const [isBusy, setBusy] = useState(false)
  const speak = async (microphone: MediaStream) => {
    setBusy(true)
    const air = onAir()
    const leg = air?.conversationId === call.conversationId ? air.leg : undefined
    try {
      const { call: now, ticket } = await (how === 'comeBack'
        ? comeBack.mutateAsync()
        : takeOver.mutateAsync({ by: 'browser', ...(leg ? { leg } : {}) }))
      keep()
      if (!ticket || ticket.leg === leg) beginSpeaking(microphone, ticket)
      else
        await goOnAir({ call: now, ticket, microphone, name, since: clockStart(now) }).catch(() =>
          toast.failed(t('over.soundFailed')),
        )
    } catch {
      // The command has said why; the agent goes on.
    } finally {
      onClose()
    }
  }
  const byPhone = () =>
    takeOver.mutate({ by: 'phone' }, { onSuccess: () => void toast.done(t('done.ringsPhone')), onSettled: onClose })
  return { speak, byPhone, isBusy: isBusy || takeOver.isPending }
}

const BARS = 7

function Heard({ microphone, onOther }: { microphone: MediaStream; onOther: (deviceId: string) => void }) {
  const { t } = useTranslation('calls')
  const meter = useRef<HTMLSpanElement>(null)
  const [all, setAll] = useState<{ id: string; label: string }[]>([])
  const label = microphone.getAudioTracks()[0]?.label
  useEffect(() => {
    void microphones().then(setAll)
    return measure(microphone, (level) => {
      const on = Math.min(BARS, Math.round(Math.sqrt(level) * 2 * BARS))
      meter.current?.setAttribute('aria-label', t('takeOver.level', { level: on }))
      for (const [i, bar] of [...(meter.current?.children ?? [])].entries()) bar.classList.toggle('on', i < on)
    })
  }, [microphone, t])
  return (
    <>
      <Banner
        tone="info"
        icon={Mic}
        actions={
          <span className="lvl calllevel" role="img" aria-label={t('takeOver.level', { level: 0 })} ref={meter}>
            {Array.from({ length: BARS }, (_, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
              <i key={i} style={{ height: 6 + 1.6 * i }} />
            ))}
          </span>
        }
      >
        {label ? t('takeOver.microphone', { name: label }) : t('takeOver.someMicrophone')}
      </Banner>
      {all.length > 1 && (
        <Field label={t('takeOver.other')}>
          {({ id }) => (
            <Select
              id={id}
              label={t('takeOver.other')}
              value={deviceOf(microphone)}
              onChange={(deviceId) => {
                rememberMicrophone(deviceId)
                onOther(deviceId)
              }}
              options={all.map(({ id: value, label: name }) => ({ value, label: name }))}
            />
          )}
        </Field>
      )}
    </>
  )
}
