/** The one recording that plays: where it stands, and whether it goes on by itself; the player and every message are its remote controls. */
import type { CallRecording } from '@earshot/contracts'
import { useEffect } from 'react'
import { createStore, useStore } from '../../app/store.ts'
import { beginSound } from '../../audio/one-at-a-time.ts'
import { followsNow, onRate, rateNow, SKIP_MS } from '../../audio/playback.ts'
import { soundUrl } from './queries.ts'

export interface Track {
  conversationId: string
  recording: CallRecording
}
type Utterance = CallRecording['utterances'][number]

export interface Playback {
  track: Track | null
  state: 'idle' | 'loading' | 'playing' | 'paused' | 'failed'
  positionMs: number
  /** The message that was asked for alone: at its end comes the next one, or nothing. */
  alone: Utterance | null
}

const IDLE: Playback = { track: null, state: 'idle', positionMs: 0, alone: null }
const store = createStore<Playback>(IDLE)
export const useRecorded = (): Playback => useStore(store)
export const isOn = ({ state }: Pick<Playback, 'state'>): boolean => state === 'playing' || state === 'loading'

let element: HTMLAudioElement | undefined
let ticking: ReturnType<typeof setInterval> | undefined
/** Asked for before the browser could go there. */
let wanted: number | null = null
const TICK_MS = 60

const patch = (change: Partial<Playback>) => store.set((current) => ({ ...current, ...change }))
const isOf = (callId: string) => store.get().track?.recording.callId === callId

function audio(): HTMLAudioElement {
  if (element) return element
  const made = new Audio()
  made.preload = 'none'
  made.addEventListener('playing', () => patch({ state: 'playing' }))
  made.addEventListener('waiting', () => patch({ state: 'loading' }))
  made.addEventListener('pause', () => isOn(store.get()) && patch({ state: 'paused' }))
  made.addEventListener('ended', () => patch({ state: 'paused', positionMs: lengthOf(), alone: null }))
  made.addEventListener('error', () => made.src !== '' && store.get().track && patch({ state: 'failed' }))
  made.addEventListener('loadedmetadata', () => {
    if (wanted !== null) made.currentTime = wanted / 1000
    wanted = null
    made.playbackRate = rateNow()
  })
  onRate(() => {
    made.playbackRate = rateNow()
  })
  element = made
  return made
}

const lengthOf = (): number => store.get().track?.recording.durationMs ?? 0
const pause = () => element?.pause()

/** Who is told of the place follows it by this. */
function tick(): void {
  clearInterval(ticking)
  ticking = setInterval(() => {
    if (!element || wanted !== null) return
    const positionMs = Math.min(element.currentTime * 1000, lengthOf())
    const { alone, state, track } = store.get()
    if (state === 'playing' && alone && track && positionMs >= alone.endMs) {
      goOn(track, alone)
      return
    }
    patch({ positionMs })
    if (!isOn({ state })) clearInterval(ticking)
  }, TICK_MS)
}

/** What was asked for is over. */
function goOn(track: Track, alone: Utterance): void {
  const { utterances } = track.recording
  const next = utterances[utterances.findIndex(({ position }) => position === alone.position) + 1]
  if (next && followsNow()) {
    playMessage(track, next)
    return
  }
  pause()
  patch({ positionMs: alone.endMs, alone: null, state: 'paused' })
}

function playFrom(track: Track, fromMs: number, alone: Utterance | null): void {
  const made = audio()
  beginSound(pause)
  const isSame = isOf(track.recording.callId) && made.src !== '' && store.get().state !== 'failed'
  patch({ track, state: 'loading', positionMs: fromMs, alone })
  tick()
  if (isSame && made.readyState >= HTMLMediaElement.HAVE_METADATA) {
    wanted = null
    if (Math.abs(made.currentTime * 1000 - fromMs) > 1) made.currentTime = fromMs / 1000
  } else {
    wanted = fromMs
    if (!isSame) made.src = soundUrl(track.conversationId, track.recording.callId)
  }
  made.playbackRate = rateNow()
  made.play().catch((error: unknown) => {
    // A pause in the meantime is no failure.
    if (!(error instanceof DOMException && error.name === 'AbortError')) patch({ state: 'failed' })
  })
}

export const playMessage = (track: Track, utterance: Utterance): void => playFrom(track, utterance.startMs, utterance)

export function toggleMessage(track: Track, utterance: Utterance): void {
  const { alone, state } = store.get()
  const isThis = isOf(track.recording.callId) && alone?.position === utterance.position
  if (isThis && isOn({ state })) pause()
  else if (isThis && state === 'paused') playFrom(track, store.get().positionMs, utterance)
  else playMessage(track, utterance)
}

export function toggle(track: Track): void {
  const { state, positionMs, alone } = store.get()
  const isThis = isOf(track.recording.callId)
  if (isThis && isOn({ state })) {
    pause()
    return
  }
  const isOver = positionMs >= track.recording.durationMs - 100
  playFrom(track, isThis && !isOver ? positionMs : 0, isThis ? alone : null)
}

/** Goes to a place; what does not play yet begins there. */
export function seek(track: Track, toMs: number): void {
  const place = Math.max(0, Math.min(toMs, track.recording.durationMs))
  if (!isOf(track.recording.callId) || store.get().state === 'idle') {
    pause()
    element?.removeAttribute('src')
    store.set({ track, state: 'paused', positionMs: place, alone: null })
    return
  }
  patch({ positionMs: place, alone: null })
  if (element && element.readyState >= HTMLMediaElement.HAVE_METADATA) element.currentTime = place / 1000
  else wanted = place
}

export const skip = (track: Track, steps: number): void =>
  seek(track, (isOf(track.recording.callId) ? store.get().positionMs : 0) + steps * SKIP_MS)

function stop(): void {
  clearInterval(ticking)
  wanted = null
  pause()
  element?.removeAttribute('src')
  store.set(IDLE)
}

const holders = new Map<string, number>()

/** What plays ends when nothing of its conversation is on the screen any more. */
export function useHoldRecorded(conversationId: string): void {
  useEffect(() => {
    holders.set(conversationId, (holders.get(conversationId) ?? 0) + 1)
    return () => {
      holders.set(conversationId, (holders.get(conversationId) ?? 1) - 1)
      // What is drawn anew lets go and holds again in one go.
      queueMicrotask(() => {
        if ((holders.get(conversationId) ?? 0) > 0) return
        holders.delete(conversationId)
        if (store.get().track?.conversationId === conversationId) stop()
      })
    }
  }, [conversationId])
}

/** The message that is being said at a place; of two at once the later. */
export function heardAt(utterances: readonly Utterance[], ms: number): Utterance | undefined {
  return utterances.findLast(({ startMs, endMs }) => startMs <= ms && ms < Math.max(endMs, startMs + 1))
}
