/** The one sound that plays: what it is, where it stands, how fast; panel and bubbles are its remote controls. */
import type { AudioMessage } from '@earshot/contracts'
import { useEffect } from 'react'
import { createStore, useStore } from '../app/store.ts'
import { beginSound } from './one-at-a-time.ts'

export const RATES = [0.5, 1, 1.5, 2] as const
export type Rate = (typeof RATES)[number]
export const SKIP_MS = 5000

export type Playback = {
  conversationId: string | null
  /** What is played, or would be next. */
  message: AudioMessage | null
  /** All of the conversation that can be played, in order. */
  list: readonly AudioMessage[]
  state: 'idle' | 'loading' | 'playing' | 'paused' | 'failed'
  positionMs: number
}

const IDLE: Playback = { conversationId: null, message: null, list: [], state: 'idle', positionMs: 0 }
const store = createStore<Playback>(IDLE)
const rates = createStore<Rate>(1)
const follows = createStore(true)

export const usePlayback = () => useStore(store)
export const useRate = () => useStore(rates)
export const rateNow = rates.get
export const onRate = rates.subscribe
export const followsNow = follows.get
/** Whether the next voice message begins where one ends. */
export const useFollows = () => useStore(follows)
export const setFollows = (on: boolean) => follows.set(on)

let element: HTMLAudioElement | undefined
let ticking: ReturnType<typeof setInterval> | undefined
/** Asked for before the browser could go there. */
let wanted: number | null = null

const patch = (change: Partial<Playback>) => store.set((current) => ({ ...current, ...change }))
const length = (): number => store.get().message?.durationMs ?? 0

function audio(): HTMLAudioElement {
  if (element) return element
  const made = new Audio()
  made.preload = 'none'
  made.addEventListener('playing', () => patch({ state: 'playing' }))
  made.addEventListener('waiting', () => patch({ state: 'loading' }))
  made.addEventListener('pause', () => store.get().state !== 'failed' && !made.ended && patch({ state: 'paused' }))
  made.addEventListener('ended', onEnded)
  made.addEventListener('error', () => made.src !== '' && store.get().message && patch({ state: 'failed' }))
  made.addEventListener('loadedmetadata', () => void settle(made))
  element = made
  return made
}

/**
 * Recorders in browsers write no duration, and without one nothing can be sought: going to a far end makes the browser find the real
 * one. Then it goes where it was asked to.
 */
async function settle(made: HTMLAudioElement): Promise<void> {
  if (!Number.isFinite(made.duration)) {
    const target = wanted ?? 0
    made.muted = true
    made.currentTime = 1e7
    await new Promise<void>((resolve) => {
      const done = () => {
        if (!Number.isFinite(made.duration)) return
        made.removeEventListener('durationchange', done)
        resolve()
      }
      made.addEventListener('durationchange', done)
      setTimeout(resolve, 3000)
    })
    wanted = target
    made.muted = false
  }
  if (wanted !== null) made.currentTime = wanted / 1000
  wanted = null
  made.playbackRate = rates.get()
  if (made.ended || made.paused) await start(made)
}

async function start(made: HTMLAudioElement): Promise<void> {
  try {
    await made.play()
  } catch (error) {
    // A pause in the meantime is no failure.
    if (!(error instanceof DOMException && error.name === 'AbortError')) patch({ state: 'failed' })
  }
}

function tick(): void {
  clearInterval(ticking)
  ticking = setInterval(() => {
    if (!element || wanted !== null || element.muted) return
    patch({ positionMs: Math.min(element.currentTime * 1000, length() || Number.POSITIVE_INFINITY) })
    if (store.get().state !== 'playing' && store.get().state !== 'loading') clearInterval(ticking)
  }, 80)
}

/** Plays from the beginning, or from a place in it. */
export function play(conversationId: string, list: readonly AudioMessage[], id: string, fromMs = 0): void {
  const message = list.find((one) => one.id === id)
  if (message?.state !== 'ready') return
  const made = audio()
  const isSame = store.get().message?.id === id && made.src !== '' && store.get().state !== 'failed'
  beginSound(pauseSound)
  patch({ conversationId, message, list, state: 'loading', positionMs: fromMs })
  tick()
  if (isSame && Number.isFinite(made.duration)) {
    made.currentTime = fromMs / 1000
    made.playbackRate = rates.get()
    void start(made)
    return
  }
  wanted = fromMs
  made.src = message.url
  made.playbackRate = rates.get()
  void start(made)
}

export function toggle(conversationId: string, list: readonly AudioMessage[], id: string): void {
  const { message, state, positionMs } = store.get()
  if (message?.id !== id) {
    play(conversationId, list, id)
    return
  }
  if (state === 'playing' || state === 'loading') {
    element?.pause()
    return
  }
  const isOver = length() > 0 && positionMs >= length() - 100
  play(conversationId, list, id, isOver ? 0 : positionMs)
}

/** Goes to a place; what does not play yet begins there. */
export function seek(conversationId: string, list: readonly AudioMessage[], id: string, toMs: number): void {
  const current = store.get()
  const message = list.find((one) => one.id === id)
  const place = Math.max(0, Math.min(toMs, message?.durationMs ?? toMs))
  if (current.message?.id !== id || current.state === 'idle') {
    patch({ ...IDLE, conversationId, list, message: message ?? null, positionMs: place, state: 'paused' })
    element?.removeAttribute('src')
    return
  }
  patch({ positionMs: place })
  if (element && Number.isFinite(element.duration)) element.currentTime = place / 1000
  else wanted = place
}

export function setRate(rate: Rate): void {
  rates.set(rate)
  if (element) element.playbackRate = rate
}

/** The next faster or slower one. */
export function stepRate(by: 1 | -1): void {
  const next = RATES[RATES.indexOf(rates.get()) + by]
  if (next !== undefined) setRate(next)
}

function onEnded(): void {
  const { conversationId, list, message } = store.get()
  const rest = list.slice(list.findIndex(({ id }) => id === message?.id) + 1)
  const next = rest.find(({ state }) => state === 'ready')
  if (conversationId && next && follows.get()) play(conversationId, list, next.id)
  else patch({ state: 'paused', positionMs: length() })
}

const pauseSound = () => element?.pause()

function stop(): void {
  clearInterval(ticking)
  wanted = null
  element?.pause()
  element?.removeAttribute('src')
  store.set(IDLE)
}

const holders = new Map<string, number>()

/** What plays ends when nothing of its conversation is on the screen any more. */
export function useHold(conversationId: string): void {
  useEffect(() => {
    holders.set(conversationId, (holders.get(conversationId) ?? 0) + 1)
    return () => {
      holders.set(conversationId, (holders.get(conversationId) ?? 1) - 1)
      // A thread that is drawn anew lets go and holds again in one go.
      queueMicrotask(() => {
        if ((holders.get(conversationId) ?? 0) > 0) return
        holders.delete(conversationId)
        if (store.get().conversationId === conversationId) stop()
      })
    }
  }, [conversationId])
}
