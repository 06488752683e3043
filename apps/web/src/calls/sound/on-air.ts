/** The one call this page hears or speaks on. It lives beside the screens: walking through the app changes nothing of it. */
import { newKey } from '@earshot/client'
import { type CallSound, type LineState, openCallSound, workletUrl } from '@earshot/client/sound'
import type { Call, CallTicket } from '@earshot/contracts'
import { createStore, useStore } from '../../app/store.ts'
import { type Levels, tracksOf } from '../levels.ts'

export interface OnAir {
  conversationId: string
  callId: string
  leg: string
  role: 'listener' | 'supervisor' | 'human'
  line: Exclude<LineState, 'over'>
  isMuted: boolean
  /** Of the microphone, while speaking. */
  device: string | null
  /** Whose call it is, for the bar that follows through the app. */
  name: string
  since: string
}

/** Why it is over. */
export type Over = 'left' | 'ended' | 'refused' | 'lost' | 'dropped'

type Listeners = {
  /** The microphone was pulled out while speaking. */
  onMicrophoneLost: () => void
  onOver: (was: OnAir, why: Over) => void
}

const store = createStore<OnAir | null>(null)
let sound: CallSound | undefined
let listeners: Listeners | undefined

export const useOnAir = () => useStore(store)
export const onAir = store.get
export const speaks = (one: OnAir | null): boolean => one !== null && one.role !== 'listener'

/** Whoever tells people about it; one at a time. */
export function followOnAir(mine: Listeners): () => void {
  listeners = mine
  return () => {
    if (listeners === mine) listeners = undefined
  }
}

const patch = (change: Partial<OnAir>) => store.set((held) => held && { ...held, ...change })

type Begin = { call: Call; ticket: CallTicket; name: string; since: string; microphone?: MediaStream | undefined }

/** Opens the sound of a call, within the click that asked for it. Another call's is left before. */
export async function goOnAir({ call, ticket, name, since, microphone }: Begin): Promise<void> {
  leaveAir()
  const role = ticket.role === 'caller' ? 'listener' : ticket.role
  const device = labelOf(microphone)
  const { conversationId, id: callId } = call
  store.set({ conversationId, callId, leg: ticket.leg, role, line: 'connecting', isMuted: false, device, name, since })
  const mine = newKey()
  current = mine
  mediaUrl = ticket.mediaUrl
  try {
    const opened = await openCallSound(
      {
        workletUrl,
        // The hub lets whoever was cut off come again by the same ticket.
        url: () => mediaUrl,
        onState: (state, why) => current === mine && onState(state, why),
        onLevels: (levels, speaker) => noteLevels(conversationId, levels, speaker),
        onMicrophoneLost: () => listeners?.onMicrophoneLost(),
      },
      microphone,
    )
    if (current !== mine) return opened.close()
    sound = opened
  } catch (error) {
    if (current === mine) leaveAir()
    throw error
  }
}

/** Which opening the sound belongs to: an older one's news are nobody's. */
let current = ''
let mediaUrl = ''

/** The socket of a listener goes on, with a voice; its new ticket is for coming again after a cut. */
export function beginSpeaking(microphone: MediaStream, ticket: CallTicket | null): void {
  if (ticket) mediaUrl = ticket.mediaUrl
  const role = ticket?.role === 'human' ? 'human' : 'supervisor'
  sound?.speak(microphone)
  patch({ role, isMuted: false, device: labelOf(microphone) })
}

/** The floor is somebody else's again: hearing goes on, the microphone is let go. */
export function stopSpeaking(ticket: CallTicket | null = null): void {
  if (ticket) mediaUrl = ticket.mediaUrl
  sound?.hush()
  sound?.mute(false)
  patch({ role: 'listener', isMuted: false, device: null })
}

export function setMuted(on: boolean): void {
  sound?.mute(on)
  patch({ isMuted: on })
}

export function leaveAir(why: Over = 'left'): void {
  const was = store.get()
  current = ''
  sound?.close()
  sound = undefined
  store.set(null)
  if (was && why !== 'left') listeners?.onOver(was, why)
}

function onState(state: LineState, why?: string): void {
  if (state !== 'over') patch({ line: state })
  else leaveAir(why === 'lost' || why === 'dropped' ? why : /ticket|refused/.test(why ?? '') ? 'refused' : 'ended')
}

function noteLevels(conversationId: string, { caller, speaker, own }: SoundLevels, by: string): void {
  const held = store.get()
  const speaking = speaks(held) && !held?.isMuted
  const levels: Levels = speaking
    ? { caller, speaker: own, by: held?.role === 'human' ? 'human' : 'supervisor' }
    : { caller, speaker, by: by === 'hold' ? null : (by as Levels['by']) }
  tracksOf(conversationId).hearOwn(levels, Date.now())
}

type SoundLevels = { caller: number; speaker: number; own: number }

const labelOf = (microphone: MediaStream | undefined) => microphone?.getAudioTracks()[0]?.label ?? null
