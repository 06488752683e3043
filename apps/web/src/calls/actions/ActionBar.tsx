/** The buttons under a call. */
import type { Call } from '@earshot/contracts'
import AudioLines from 'lucide-react/icons/audio-lines'
import CircleDot from 'lucide-react/icons/circle-dot'
import Ear from 'lucide-react/icons/ear'
import ListEnd from 'lucide-react/icons/list-end'
import MessageSquareLock from 'lucide-react/icons/message-square-lock'
import Mic from 'lucide-react/icons/mic'
import MicOff from 'lucide-react/icons/mic-off'
import Pause from 'lucide-react/icons/pause'
import PhoneForwarded from 'lucide-react/icons/phone-forwarded'
import PhoneOff from 'lucide-react/icons/phone-off'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/Button.tsx'
import { type OnAir, setMuted, speaks } from '../sound/on-air.ts'
import type { Asked } from './asked.ts'
import type { mayDo } from './may.ts'
import type { Command } from './use-call-commands.ts'
import type { Listening } from './use-listen.ts'

type Props = {
  call: Call
  may: ReturnType<typeof mayDo>
  here: OnAir | null
  listen: Listening
  record: Command<boolean>
  asked: Asked
  ask: (what: Asked) => void
}

export function ActionBar(props: Props) {
  const { t } = useTranslation('calls')
  return (
    <Toolbar label={t('do.label')}>
      <Own {...props} />
      <span className="grow" />
      <PassOn {...props} />
    </Toolbar>
  )
}

/** What this person does on the call. */
function Own({ call, may, here, listen, asked, ask }: Props) {
  const { t } = useTranslation('calls')
  const hears = here?.role === 'listener'
  return (
    <>
      {here && speaks(here) && (
        <Button
          icon={here.isMuted ? MicOff : Mic}
          keys="M"
          aria-pressed={here.isMuted}
          onClick={() => setMuted(!here.isMuted)}
        >
          {t(here.isMuted ? 'do.muted' : 'do.mute')}
        </Button>
      )}
      {(hears || may('listen')) && !speaks(here) && (
        <Button icon={Ear} keys="L" aria-pressed={hears} busy={listen.isBusy} onClick={listen.toggle}>
          {t(hears ? 'do.listening' : 'do.listen')}
        </Button>
      )}
      {may('coach') && (
        <Button
          icon={MessageSquareLock}
          keys="⇧C"
          aria-expanded={asked === 'coach'}
          onClick={() => ask(asked === 'coach' ? null : 'coach')}
        >
          {t('do.coach')}
        </Button>
      )}
      {may('takeover') && (
        <Button variant="primary" icon={Mic} keys="R" aria-haspopup="dialog" onClick={() => ask('takeOver')}>
          {t('do.takeOver')}
        </Button>
      )}
      {!here && may('return') && (
        <Button variant="primary" icon={Mic} aria-haspopup="dialog" onClick={() => ask('comeBack')}>
          {t('do.comeBack')}
        </Button>
      )}
      {may('release') && (
        <Button
          variant={here ? 'primary' : 'default'}
          icon={AudioLines}
          keys="R"
          aria-haspopup="dialog"
          onClick={() => ask('handBack')}
        >
          {call.agent ? t('do.handBack', { agent: call.agent.name }) : t('do.handBackNobody')}
        </Button>
      )}
    </>
  )
}

/** What is done with the call. */
function PassOn({ call, may, record, ask }: Props) {
  const { t } = useTranslation('calls')
  const paused = call.recording.state === 'paused'
  return (
    <>
      {may('record') && (
        <IconButton
          label={t(paused ? 'do.resumeRecording' : 'do.pauseRecording')}
          keys="P"
          icon={paused ? CircleDot : Pause}
          pressed={paused}
          aria-busy={record.isPending || undefined}
          onClick={() => !record.isPending && record.mutate(paused)}
        />
      )}
      {may('transfer') && (
        <Button variant="quiet" icon={PhoneForwarded} aria-haspopup="dialog" onClick={() => ask('transfer')}>
          {t('do.transfer')}
        </Button>
      )}
      {may('enqueue') && (
        <Button variant="quiet" icon={ListEnd} aria-haspopup="dialog" onClick={() => ask('enqueue')}>
          {t('do.enqueue')}
        </Button>
      )}
      {may('end') && (
        <Button variant="quiet" className="danger" icon={PhoneOff} aria-haspopup="dialog" onClick={() => ask('end')}>
          {t('do.end')}
        </Button>
      )}
    </>
  )
}

/** The arrows walk along the buttons. */
function Toolbar({ label, children }: { label: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  return (
    <div
      className="actions"
      role="toolbar"
      aria-label={label}
      ref={box}
      onKeyDown={(event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
        if (step === undefined) return
        const buttons = [...(box.current?.querySelectorAll('button') ?? [])]
        const toStart = getComputedStyle(event.currentTarget).direction === 'rtl' ? -step : step
        const at = buttons.findIndex((one) => one.matches(':focus'))
        buttons[(at + toStart + buttons.length) % buttons.length]?.focus()
      }}
    >
      {children}
    </div>
  )
}
