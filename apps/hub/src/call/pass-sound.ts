/** One tick of one call: what came from each voice goes to whoever may hear it, and onto the disk. */
import {
  DOWN_BYTES,
  DOWN_HEADER,
  FRAME_BYTES,
  linearToMulaw,
  mediaMessage,
  mulawToLinear,
  writeHeader,
} from '@earshot/voice'
import { base64Of, type Frame, SILENCE } from '../sound/frame.ts'
import { isLive, type Leg } from './legs.ts'
import type { Call } from './state.ts'
import { sendSound } from './wire.ts'

/** A person with the floor who sends nothing this long: a tone tells the caller that the line is there. */
const SILENT_MS = 1000

interface Tick {
  now: number
  caller: Frame | undefined
  /** What the caller hears; `isVoice`: said by whoever has the floor. */
  speaker: Frame | undefined
  isVoice: boolean
}

export function passSound(call: Call, now: number): void {
  const caller = call.caller.queue.take()
  const { frame: speaker, isVoice } = nextForCaller(call, now)
  // Queues of those who do not speak are emptied as well: nothing old is said when they get the floor.
  const tick = { now, caller, speaker, isVoice }
  toCaller(call, tick)
  toAgent(call, tick)
  toOthers(call, tick)
  call.recorder?.write(call.tick, caller?.bytes ?? SILENCE, speaker?.bytes ?? SILENCE)
  call.voices.hear(caller, isVoice ? speaker : undefined)
}

function nextForCaller(call: Call, now: number): { frame: Frame | undefined; isVoice: boolean } {
  if (call.announcement) {
    const frame = call.announcement.take(now)
    if (frame) return { frame, isVoice: false }
    call.announcement = null
  }
  if (call.farewell) return { frame: call.farewell.take(now), isVoice: false }
  if (call.floor.by === 'hold') return { frame: call.player?.take(now), isVoice: false }
  if (call.floor.by === 'ai') return fromAgent(call, now)
  const leg = call.speakingLeg
  const frame = leg?.queue.take()
  if (frame) return { frame, isVoice: true }
  // Somebody's phone may send nothing while nobody speaks; a browser always sends, muted or not.
  const isQuiet = !leg || !isLive(leg) || (leg.role !== 'external' && isSilent(call, leg, now))
  return { frame: isQuiet ? call.tone.take(now) : undefined, isVoice: false }
}

export const isSilent = (call: Call, leg: Leg, now: number, forMs = SILENT_MS): boolean =>
  now - Math.max(leg.lastSoundAt, call.floorSince) > forMs

function fromAgent(call: Call, now: number): { frame: Frame | undefined; isVoice: boolean } {
  // A caller whose line is cut should not miss what is being said.
  const frame = call.state === 'live' ? call.agentSound.take(call.tick, now) : undefined
  if (frame) return { frame, isVoice: true }
  if (call.filler) {
    const filler = call.filler.take(now)
    if (filler) return { frame: filler, isVoice: false }
    call.filler = null
  }
  const isWaiting = !call.agent.isLive && isSilent(call, call.caller, now, 3000)
  return { frame: isWaiting ? call.tone.take(now) : undefined, isVoice: false }
}

function toCaller(call: Call, { now, speaker }: Tick): void {
  const { wire, by, streamSid } = call.caller
  if (!wire) return
  if (by === 'browser') {
    const frame = downFrame(call, now, undefined, speaker)
    if (!sendSound(wire, frame)) call.caller.leftOut++
  } else if (speaker && !sendSound(wire, mediaMessage(streamSid, base64Of(speaker)))) call.caller.leftOut++
}

function toAgent(call: Call, { caller, speaker, isVoice }: Tick): void {
  const { agent } = call
  if (!agent.plan || !agent.isLive) return
  const speaks = call.floor.by === 'ai'
  if (caller && (speaks || agent.plan.listensOnHold)) agent.hear('inbound', base64Of(caller))
  if (speaker && isVoice && !speaks && agent.plan.outbound) agent.hear('outbound', base64Of(speaker))
}

/** Everybody but the caller and the agent: browsers get both sides apart, phones one sound. */
function toOthers(call: Call, { now, caller, speaker }: Tick): void {
  const holder = call.speakingLeg
  let shared: Uint8Array | null = null
  let mixed: string | null = null
  for (const leg of call.legs.values()) {
    if (leg === call.caller || leg.state !== 'live' || !leg.wire) continue
    // What is not passed on this tick is not passed on later.
    if (leg !== holder) leg.queue.clear()
    if (leg.by === 'browser') {
      // Nobody hears their own voice.
      if (leg !== holder) shared ??= downFrame(call, now, caller, speaker)
      const frame = leg === holder ? downFrame(call, now, caller, undefined) : (shared as Uint8Array)
      if (!sendSound(leg.wire, frame)) leg.leftOut++
      continue
    }
    if (leg !== holder && leg.role === 'external') continue
    if (leg !== holder) mixed ??= mix(caller, speaker)
    const payload = leg === holder ? caller && base64Of(caller) : mixed
    if (payload && !sendSound(leg.wire, mediaMessage(leg.streamSid, payload))) leg.leftOut++
  }
}

function downFrame(call: Call, now: number, caller: Frame | undefined, speaker: Frame | undefined): Uint8Array {
  const frame = Buffer.allocUnsafe(DOWN_BYTES)
  writeHeader(frame, {
    tick: call.tick,
    capturedAt: caller?.at ?? now,
    callerPresent: caller !== undefined,
    speakerPresent: speaker !== undefined,
    speaker: call.floor.by,
  })
  frame.set(caller?.bytes ?? SILENCE, DOWN_HEADER)
  frame.set(speaker?.bytes ?? SILENCE, DOWN_HEADER + FRAME_BYTES)
  return frame
}

function mix(caller: Frame | undefined, speaker: Frame | undefined): string | null {
  if (!caller || !speaker) return caller || speaker ? base64Of((caller ?? speaker) as Frame) : null
  const sum = mulawToLinear(caller.bytes)
  const other = mulawToLinear(speaker.bytes)
  for (let i = 0; i < sum.length; i++)
    sum[i] = Math.max(-32768, Math.min(32767, (sum[i] as number) + (other[i] as number)))
  return Buffer.from(linearToMulaw(sum)).toString('base64')
}
