/** The microphone, heard only here, and the loudspeaker. */
import { MicrophoneError, type NoMicrophone } from '@earshot/client/sound'
import Mic from 'lucide-react/icons/mic'
import Volume2 from 'lucide-react/icons/volume-2'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { deviceOf, measure, microphones, openChosenMicrophone, rememberMicrophone } from '../sound/microphones.ts'

const BARS = 9
/** Louder than a quiet room, for a moment. */
const HEARD = 0.02
const HEARD_TIMES = 4

type Props = { onHeard: () => void; isBusy: boolean }
type State =
  | { is: 'closed' }
  | { is: 'asking' }
  | { is: 'open'; stream: MediaStream }
  | { is: 'none'; why: NoMicrophone }

export function MicCheck({ onHeard, isBusy }: Props) {
  const { t } = useTranslation('callSetup')
  const [state, setState] = useState<State>({ is: 'closed' })
  const [heard, setHeard] = useState(false)
  const open = (deviceId?: string) => {
    close(state)
    setState({ is: 'asking' })
    openChosenMicrophone(deviceId).then(
      (stream) => setState({ is: 'open', stream }),
      (error: unknown) => setState({ is: 'none', why: error instanceof MicrophoneError ? error.why : 'missing' }),
    )
  }
  // While the call has the microphone, it is not measured here.
  useEffect(() => {
    if (!isBusy) return
    setState((was) => {
      close(was)
      return { is: 'closed' }
    })
  }, [isBusy])
  useEffect(() => () => close(state), [state])
  const echo = state.is === 'open' && state.stream.getAudioTracks()[0]?.getSettings().echoCancellation
  return (
    <>
      <p className="t3 small" role="status">
        {isBusy
          ? t('mic.inCall')
          : state.is === 'none'
            ? t(`mic.problem.${state.why}`)
            : state.is === 'asking'
              ? t('mic.asking')
              : state.is === 'closed'
                ? t('mic.text')
                : heard
                  ? t(echo === false ? 'mic.heardNoEcho' : 'mic.heard')
                  : t('mic.quiet')}
      </p>
      <div className="row wrap">
        {state.is === 'open' ? (
          <Open
            stream={state.stream}
            onOther={open}
            onHeard={() => {
              setHeard(true)
              onHeard()
            }}
          />
        ) : (
          <Button size="sm" icon={Mic} busy={state.is === 'asking'} disabled={isBusy} onClick={() => open()}>
            {t('mic.open')}
          </Button>
        )}
        <Button size="sm" icon={Volume2} onClick={() => void playTone()}>
          {t('mic.tone')}
        </Button>
      </div>
    </>
  )
}

function close(state: State): void {
  if (state.is === 'open') for (const track of state.stream.getTracks()) track.stop()
}

type OpenProps = { stream: MediaStream; onOther: (deviceId: string) => void; onHeard: () => void }

function Open({ stream, onOther, onHeard }: OpenProps) {
  const { t } = useTranslation('callSetup')
  const meter = useRef<HTMLSpanElement>(null)
  const told = useRef(onHeard)
  told.current = onHeard
  const [all, setAll] = useState<{ id: string; label: string }[]>([])
  useEffect(() => {
    void microphones().then(setAll)
    let loud = 0
    return measure(stream, (level) => {
      if (level > HEARD && ++loud === HEARD_TIMES) told.current()
      const on = Math.min(BARS, Math.round(Math.sqrt(level) * 2 * BARS))
      meter.current?.setAttribute('aria-label', t('mic.level', { level: on }))
      for (const [i, bar] of [...(meter.current?.children ?? [])].entries()) bar.classList.toggle('on', i < on)
    })
  }, [stream, t])
  const options = all.length > 0 ? all : [{ id: deviceOf(stream), label: t('mic.some') }]
  return (
    <>
      <div className="micselect">
        <Select
          label={t('mic.label')}
          icon={Mic}
          value={deviceOf(stream)}
          onChange={(deviceId) => {
            rememberMicrophone(deviceId)
            onOther(deviceId)
          }}
          options={options.map(({ id, label }) => ({ value: id, label }))}
        />
      </div>
      <span className="lvl calllevel" role="img" aria-label={t('mic.level', { level: 0 })} ref={meter}>
        {Array.from({ length: BARS }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          <i key={i} style={{ height: 6 + 1.4 * i }} />
        ))}
      </span>
    </>
  )
}

async function playTone(): Promise<void> {
  const context = new AudioContext()
  const tone = new OscillatorNode(context, { frequency: 440 })
  const volume = new GainNode(context, { gain: 0 })
  const now = context.currentTime
  volume.gain.linearRampToValueAtTime(0.2, now + 0.05)
  volume.gain.setValueAtTime(0.2, now + 0.7)
  volume.gain.linearRampToValueAtTime(0, now + 0.8)
  tone.connect(volume).connect(context.destination)
  tone.onended = () => void context.close()
  tone.start()
  tone.stop(now + 0.85)
}
