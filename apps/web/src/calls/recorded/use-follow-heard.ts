/** The message that is being heard stands out wherever its words are, and comes into sight unless the reader scrolled elsewhere. */
import type { CallRecording } from '@earshot/contracts'
import { useEffect } from 'react'
import { heardAt } from './playback.ts'

/** A reader who scrolls by hand is left alone for so long. */
const HANDS_OFF_MS = 5000
let scrolledAt = Number.NEGATIVE_INFINITY
const note = () => {
  scrolledAt = performance.now()
}

export function useFollowHeard(
  utterances: CallRecording['utterances'],
  positionMs: number | null,
  isPlaying: boolean,
): void {
  const position = positionMs === null ? undefined : heardAt(utterances, positionMs)?.position
  useEffect(() => {
    const events = ['wheel', 'touchmove'] as const
    for (const event of events) document.addEventListener(event, note, { passive: true })
    return () => {
      for (const event of events) document.removeEventListener(event, note)
    }
  }, [])
  useEffect(() => {
    const line = position === undefined ? null : document.getElementById(`entry-${position}`)
    if (!line) return
    line.classList.add('playing')
    if (isPlaying && performance.now() - scrolledAt > HANDS_OFF_MS) line.scrollIntoView({ block: 'nearest' })
    return () => line.classList.remove('playing')
  }, [position, isPlaying])
}
