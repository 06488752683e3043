/** The player of a call that is over: two voices, the way through them, and what can be taken out. */
import '../../styles/recorded.css'
import './texts.ts'
import type { CallRecording } from '@earshot/contracts'
import Pause from 'lucide-react/icons/pause'
import Play from 'lucide-react/icons/play'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import RotateCw from 'lucide-react/icons/rotate-cw'
import { useTranslation } from 'react-i18next'
import { clock } from '../../audio/clock.ts'
import { RATES, setFollows, setRate, useFollows, useRate } from '../../audio/playback.ts'
import { Segmented, Switch } from '../../ui/Choice.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Downloads } from './Downloads.tsx'
import { isOn, skip, type Track, toggle, useHoldRecorded, useRecorded } from './playback.ts'
import { RecordingState } from './RecordingState.tsx'
import { TwoVoices } from './TwoVoices.tsx'
import { useFollowHeard } from './use-follow-heard.ts'
import { Voices } from './Voices.tsx'
import { WhichCall } from './WhichCall.tsx'

type Props = {
  conversationId: string
  recording: CallRecording
  agent: string
  onChoose: (callId: string) => void
}

export function RecordedCall({ conversationId, recording, agent, onChoose }: Props) {
  const { t } = useTranslation('recorded')
  return (
    <section className="recorded" aria-label={t('label')}>
      {recording.state === 'ready' ? (
        <Player track={{ conversationId, recording }} agent={agent} />
      ) : (
        <RecordingState conversationId={conversationId} recording={recording} />
      )}
      <div className="recordedmore small t2">
        {recording.state === 'ready' && <Follows />}
        <WhichCall recording={recording} onChoose={onChoose} />
        <span className="grow" />
        {recording.utterances.length > 0 && (
          <span className="t3">{t('messages', { count: recording.utterances.length })}</span>
        )}
        {recording.state === 'ready' && <Downloads conversationId={conversationId} recording={recording} />}
      </div>
    </section>
  )
}

function Player({ track, agent }: { track: Track; agent: string }) {
  const { t } = useTranslation('recorded')
  const { recording, conversationId } = track
  useHoldRecorded(conversationId)
  const playback = useRecorded()
  const isCurrent = playback.track?.recording.callId === recording.callId
  const positionMs = isCurrent ? playback.positionMs : 0
  const isPlaying = isCurrent && isOn(playback)
  useFollowHeard(recording.utterances, isCurrent && playback.state !== 'idle' ? positionMs : null, isPlaying)
  return (
    <>
      <TwoVoices track={track} positionMs={positionMs} agent={agent} />
      <div className="plrow">
        <span className="num" dir="ltr">
          {clock(positionMs)} <span className="t3">/ {clock(recording.durationMs)}</span>
        </span>
        <div className="row g2 plmid">
          <button type="button" className="btn quiet num" aria-label={t('back')} onClick={() => skip(track, -1)}>
            <Icon of={RotateCcw} />
            <span aria-hidden>5</span>
          </button>
          <button
            type="button"
            className="play big"
            aria-label={t(isPlaying ? 'pause' : 'play')}
            aria-busy={(isCurrent && playback.state === 'loading') || undefined}
            onClick={() => toggle(track)}
          >
            <Icon of={isPlaying ? Pause : Play} />
          </button>
          <button type="button" className="btn quiet num" aria-label={t('forward')} onClick={() => skip(track, 1)}>
            <span aria-hidden>5</span>
            <Icon of={RotateCw} />
          </button>
        </div>
        <Speed />
      </div>
      {isCurrent && playback.state === 'failed' && (
        <p className="small bad" role="alert">
          {t('playFailed')}
        </p>
      )}
      <Voices recording={recording} agent={agent} />
    </>
  )
}

function Speed() {
  const { t } = useTranslation('recorded')
  const rate = useRate()
  return (
    <div className="num plspeed">
      <Segmented
        label={t('speed')}
        value={String(rate)}
        onChange={(value) => setRate(RATES.find((one) => String(one) === value) ?? 1)}
        options={RATES.map((one) => ({ value: String(one), label: <bdi dir="ltr">{one.toLocaleString()}×</bdi> }))}
      />
    </div>
  )
}

function Follows() {
  const { t } = useTranslation('recorded')
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is the control
    <label className="row g2">
      <Switch label={t('follow')} checked={useFollows()} onChange={setFollows} />
      <span>{t('follow')}</span>
    </label>
  )
}
