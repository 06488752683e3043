/** The outline of a sound, and the slider by which one goes through it: by click, by drag, by keys. */
import type { AudioMessage } from '@earshot/contracts'
import { type KeyboardEvent, type PointerEvent, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { clock } from './clock.ts'
import type { Sound } from './use-sound.ts'

const VOICE = { contact: 'c', agent: 'a', operator: 'h', system: 'a' } as const
const HEIGHT = 100
const STEP = 5

export function Waveform({ sound, columns }: { sound: Sound; columns: number }) {
  const { t } = useTranslation('audio')
  const { message, positionMs, peaks } = sound
  const total = Math.max(1, message.durationMs)
  const share = Math.min(1, positionMs / total)
  const place = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const from = (event.clientX - left) / Math.max(1, width)
    return (isFromRight(event.currentTarget) ? 1 - from : from) * total
  }
  return (
    <div
      className="wavebox"
      role="slider"
      tabIndex={0}
      aria-label={t('seek', { name: message.author.name ?? t(`voice.${message.author.kind}`) })}
      aria-valuemin={0}
      aria-valuemax={Math.round(total / 1000)}
      aria-valuenow={Math.round(positionMs / 1000)}
      aria-valuetext={t('place', { at: clock(positionMs), of: clock(message.durationMs) })}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        sound.seek(place(event))
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) sound.seek(place(event))
      }}
      onKeyDown={(event) => onKey(event, sound, total)}
    >
      {peaks.length > 0 ? (
        <Outline peaks={peaks} columns={columns} share={share} voice={message.author.kind} />
      ) : (
        <span className="wavebar" />
      )}
      <span className="playhead" style={{ insetInlineStart: `${share * 100}%` }} />
    </div>
  )
}

type OutlineProps = {
  peaks: readonly number[]
  columns: number
  share: number
  voice: AudioMessage['author']['kind']
}

/** Drawn twice: what is still to come, and over it what has been heard. */
function Outline({ peaks, columns, share, voice }: OutlineProps) {
  const path = useMemo(() => pathOf(peaks, columns), [peaks, columns])
  const bars = Math.min(columns, peaks.length)
  return (
    <svg className="contour" viewBox={`0 0 ${bars * STEP} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      <path className={`${VOICE[voice]} dim`} d={path} />
      <path className={VOICE[voice]} d={path} style={{ clipPath: `inset(0 ${(1 - share) * 100}% 0 0) view-box` }} />
    </svg>
  )
}

function pathOf(peaks: readonly number[], columns: number): string {
  const bars = Math.min(columns, peaks.length)
  return Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / bars)
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / bars))
    const peak = Math.max(...peaks.slice(from, to))
    const tall = Math.max(4, (peak / 255) * HEIGHT)
    return `M${bar * STEP + 1} ${((HEIGHT - tall) / 2).toFixed(1)}h3v${tall.toFixed(1)}h-3z`
  }).join('')
}

const isFromRight = (box: Element): boolean => getComputedStyle(box).direction === 'rtl'

/** Keys as of a slider, and those of players; held in here so that none of them means something else outside. */
function onKey(event: KeyboardEvent<HTMLDivElement>, sound: Sound, total: number): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const ahead = isFromRight(event.currentTarget) ? -1 : 1
  const keys: Record<string, () => void> = {
    ArrowRight: () => sound.skip(ahead),
    ArrowLeft: () => sound.skip(-ahead),
    ArrowUp: () => sound.skip(1),
    ArrowDown: () => sound.skip(-1),
    PageUp: () => sound.skip(4),
    PageDown: () => sound.skip(-4),
    Home: () => sound.seek(0),
    End: () => sound.seek(total),
    ' ': () => sound.toggle(),
    '>': () => sound.faster(),
    '<': () => sound.slower(),
  }
  const run = keys[event.key]
  if (!run) return
  event.preventDefault()
  event.stopPropagation()
  run()
}
