/** Colour repeats what the emotion's name says: good, bad, unsettled, or neither. */
import type { Review } from '@earshot/contracts'

const GOOD = 'admiration amusement approval caring desire excitement gratitude joy love optimism pride relief'.split(
  ' ',
)
const BAD =
  'anger annoyance disappointment disapproval disgust embarrassment fear grief nervousness remorse sadness'.split(' ')
const UNSETTLED = ['confusion', 'surprise']

export function emotionColour(label: string): string {
  if (GOOD.includes(label)) return 'var(--ok)'
  if (BAD.includes(label)) return 'var(--bad)'
  if (UNSETTLED.includes(label)) return 'var(--warn)'
  return label === 'neutral' ? 'var(--text-3)' : 'var(--contact)'
}

/** Smaller differences are noise. */
const MOVES = 0.15

/** Where the mood went from the first to the last message; null when one of them is unknown. */
export function trendOf({ start, end }: Review['sentiment']['trend']): 'rising' | 'falling' | 'steady' | null {
  if (start === null || end === null) return null
  if (end - start > MOVES) return 'rising'
  return start - end > MOVES ? 'falling' : 'steady'
}
