/** Beside a message of a call: plays it, from the place where it was said. Nothing where nothing can be heard. */
import '../../styles/recorded.css'
import './texts.ts'
import { useQuery } from '@tanstack/react-query'
import Pause from 'lucide-react/icons/pause'
import Play from 'lucide-react/icons/play'
import { useTranslation } from 'react-i18next'
import { clock } from '../../audio/clock.ts'
import { Icon } from '../../ui/Icon.tsx'
import { isOn, toggleMessage, useHoldRecorded, useRecorded } from './playback.ts'
import { recordingQuery } from './queries.ts'

type Props = { conversationId: string; callId: string; position: number; showsLength?: boolean }

export function PlayFrom({ conversationId, callId, position, showsLength = false }: Props) {
  const { t } = useTranslation('recorded')
  const { data: recording } = useQuery(recordingQuery(conversationId, callId))
  const { alone, state, track } = useRecorded()
  useHoldRecorded(conversationId)
  const utterance = recording?.utterances.find((one) => one.position === position)
  if (recording?.state !== 'ready' || !utterance) return null
  const isPlaying = track?.recording.callId === callId && alone?.position === position && isOn({ state })
  return (
    <button
      type="button"
      className="pb"
      aria-label={t(isPlaying ? 'pauseFrom' : 'playFrom', { at: clock(utterance.startMs) })}
      onClick={() => toggleMessage({ conversationId, recording }, utterance)}
    >
      <Icon of={isPlaying ? Pause : Play} size="xs" />
      {showsLength && <span className="num micro">{clock(Math.max(1000, utterance.endMs - utterance.startMs))}</span>}
    </button>
  )
}
