/** The outline of a call in two voices, and the slider by which one goes through it: by click, by drag, by keys. */
import type { CallRecording } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clock } from '../../audio/clock.ts'
import { stepRate } from '../../audio/playback.ts'
import { seek, skip, type Track, toggle } from './playback.ts'
import { outlineQuery } from './queries.ts'
import { STROKE, type Strokes, strokesOf, TALL } from './strokes.ts'

type Props = { track: Track; positionMs: number; agent: string }

export function TwoVoices({ track, positionMs, agent }: Props) {
  const { t } = useTranslation('recorded')
  const { recording, conversationId } = track
  const { box, most } = useRoom()
  const { data: outline } = useQuery(outlineQuery(conversationId, recording))
  const strokes = useMemo(
    () => (outline ? strokesOf(outline, recording.speakers, most) : null),
    [outline, recording.speakers, most],
  )
  const total = Math.max(1, recording.durationMs)
  const share = Math.min(1, positionMs / total)
  const place = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const from = (event.clientX - left) / Math.max(1, width)
    return (isFromRight(event.currentTarget) ? 1 - from : from) * total
  }
  return (
    <div
      ref={box}
      className="twovoices"
      role="slider"
      tabIndex={0}
      aria-label={t('seek', { agent })}
      aria-valuemin={0}
      aria-valuemax={Math.round(total / 1000)}
      aria-valuenow={Math.round(positionMs / 1000)}
      aria-valuetext={t('place', { at: clock(positionMs), of: clock(total) })}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        seek(track, place(event))
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(track, place(event))
      }}
      onKeyDown={(event) => onKey(event, track)}
    >
      {strokes ? <Drawing strokes={strokes} share={share} /> : <span className="wavebar" />}
      <Gaps gaps={recording.gaps} total={total} />
      <span className="playhead" style={{ insetInlineStart: `${share * 100}%` }} />
    </div>
  )
}

/** Drawn twice: what is still to come, and over it what has been heard. */
function Drawing({ strokes, share }: { strokes: Strokes; share: number }) {
  const heard = { clipPath: `inset(0 ${(1 - share) * 100}% 0 0) view-box` }
  return (
    <svg className="contour" viewBox={`0 0 ${strokes.width} ${TALL}`} preserveAspectRatio="none" aria-hidden>
      {strokes.paths.map(({ colour, d }) => (
        <path className={`${colour} dim`} d={d} key={`${colour} dim`} />
      ))}
      {strokes.paths.map(({ colour, d }) => (
        <path className={colour} d={d} key={colour} style={heard} />
      ))}
    </svg>
  )
}

/** Silence that is none. What they mean stands in words below the player, too. */
function Gaps({ gaps, total }: { gaps: CallRecording['gaps']; total: number }) {
  const { t } = useTranslation('recorded')
  return gaps.map(({ fromMs, toMs, why }) => (
    <span
      key={fromMs}
      className={`gap ${why}`}
      title={t(`gap.${why}`)}
      style={{ insetInlineStart: `${(fromMs / total) * 100}%`, inlineSize: `${((toMs - fromMs) / total) * 100}%` }}
    />
  ))
}

/** How many strokes there is room for. */
function useRoom() {
  const box = useRef<HTMLDivElement>(null)
  const [most, setMost] = useState(160)
  useEffect(() => {
    if (!box.current) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setMost(Math.max(30, Math.floor(entry.contentRect.width / STROKE)))
    })
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
  return { box, most }
}

const isFromRight = (box: Element): boolean => getComputedStyle(box).direction === 'rtl'

/** Keys as of a slider, and those of players; held in here so that none of them means something else outside. */
function onKey(event: KeyboardEvent<HTMLDivElement>, track: Track): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const ahead = isFromRight(event.currentTarget) ? -1 : 1
  const keys: Record<string, () => void> = {
    ArrowRight: () => skip(track, ahead),
    ArrowLeft: () => skip(track, -ahead),
    ArrowUp: () => skip(track, 1),
    ArrowDown: () => skip(track, -1),
    PageUp: () => skip(track, 6),
    PageDown: () => skip(track, -6),
    Home: () => seek(track, 0),
    End: () => seek(track, track.recording.durationMs),
    ' ': () => toggle(track),
    '>': () => stepRate(1),
    '<': () => stepRate(-1),
  }
  const run = keys[event.key]
  if (!run) return
  event.preventDefault()
  event.stopPropagation()
  run()
}
