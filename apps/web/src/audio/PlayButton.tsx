/** Play or pause; says which, and of what. */
import Pause from 'lucide-react/icons/pause'
import Play from 'lucide-react/icons/play'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/Icon.tsx'
import type { Sound } from './use-sound.ts'

export function PlayButton({ sound }: { sound: Sound }) {
  const { t } = useTranslation('audio')
  const { message, isPlaying, state } = sound
  const name = message.author.name ?? t(`voice.${message.author.kind}`)
  return (
    <button
      type="button"
      className="play"
      aria-label={t(isPlaying ? 'pause' : 'play', { name })}
      aria-busy={state === 'loading' || undefined}
      disabled={message.state !== 'ready'}
      onClick={sound.toggle}
    >
      <Icon of={isPlaying ? Pause : Play} />
    </button>
  )
}
