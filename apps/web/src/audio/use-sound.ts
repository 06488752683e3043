/** One piece of sound as a player sees it: where it stands, its outline, and what can be done with it. */
import type { AudioMessage } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { play, SKIP_MS, seek, stepRate, toggle, usePlayback } from './playback.ts'
import { drawHere, peaksQuery } from './queries.ts'

const NOTHING: readonly number[] = []

export function useSound(conversationId: string, list: readonly AudioMessage[], message: AudioMessage) {
  const cache = useQueryClient()
  const playback = usePlayback()
  const { data } = useQuery(peaksQuery(conversationId, message))
  const isCurrent = playback.message?.id === message.id
  const positionMs = isCurrent ? playback.positionMs : 0
  const state = isCurrent ? playback.state : 'idle'
  const to = (ms: number) => seek(conversationId, list, message.id, ms)
  const draw = () => void drawHere(cache, message)
  return {
    message,
    state,
    positionMs,
    isPlaying: state === 'playing' || state === 'loading',
    peaks: data?.peaks ?? NOTHING,
    toggle() {
      toggle(conversationId, list, message.id)
      draw()
    },
    playFrom(ms: number) {
      play(conversationId, list, message.id, ms)
      draw()
    },
    seek: to,
    skip: (steps: number) => to(positionMs + steps * SKIP_MS),
    faster: () => stepRate(1),
    slower: () => stepRate(-1),
  }
}
export type Sound = ReturnType<typeof useSound>
