/** A voice message in the thread: a small player of its own, at one with the one above the conversation. */
import type { Attachment } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { clock } from './clock.ts'
import { PlayButton } from './PlayButton.tsx'
import { useHold } from './playback.ts'
import { audioQuery } from './queries.ts'
import { useSound } from './use-sound.ts'
import { Waveform } from './Waveform.tsx'

/** Whose sound it is: a thread says so once for all of its bubbles. */
export const SoundOf = createContext<string | null>(null)

export const isSound = ({ mediaType }: Attachment): boolean => mediaType.startsWith('audio/')

/** `otherwise` stands in for sound that is not in the log, or not yet. */
export function VoiceMessage({ file, otherwise }: { file: Attachment; otherwise: ReactNode }) {
  const conversationId = useContext(SoundOf)
  return conversationId === null ? otherwise : <Listed {...{ conversationId, file, otherwise }} />
}

type ListedProps = { conversationId: string; file: Attachment; otherwise: ReactNode }

function Listed({ conversationId, file, otherwise }: ListedProps) {
  const { t } = useTranslation('audio')
  const { data: list } = useQuery(audioQuery(conversationId))
  const message = list?.find(({ id }) => id === file.id)
  if (!list || !message) return otherwise
  if (message.state !== 'ready') {
    return (
      <>
        {otherwise}
        <span className={message.state === 'failed' ? 'small bad' : 'small t3'}>{t(`state.${message.state}`)}</span>
      </>
    )
  }
  return <Bubble {...{ conversationId, list, message }} />
}

function Bubble({ conversationId, list, message }: { conversationId: string } & Parts) {
  const { t } = useTranslation('audio')
  useHold(conversationId)
  const sound = useSound(conversationId, list, message)
  const isBegun = sound.positionMs > 0
  return (
    <div className="player vnote" dir={document.dir || undefined}>
      <PlayButton sound={sound} />
      <Waveform sound={sound} columns={44} />
      <span className="num small">{clock(isBegun ? sound.positionMs : message.durationMs)}</span>
      {sound.state === 'failed' && <span className="small bad">{t('playFailed')}</span>}
    </div>
  )
}
type Parts = { list: Parameters<typeof useSound>[1]; message: Parameters<typeof useSound>[2] }
