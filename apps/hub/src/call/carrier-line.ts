/** A socket that speaks Media Streams to us: a carrier's, the SIP edge's. Which leg it is, its token says; then its sound is that leg's. */
import { FromCarrier, payloadOf, type StreamStart } from '@earshot/voice'
import { FrameCutter } from '../sound/frame.ts'
import { joined, lost } from './coming.ts'
import { endCall } from './end-call.ts'
import { leave } from './leave.ts'
import { isOpen, type Leg } from './legs.ts'
import type { Call, House } from './state.ts'
import type { Wire } from './wire.ts'

export class CarrierLine {
  readonly #house: House
  readonly #wire: Wire
  readonly #cutter = new FrameCutter()
  #at: { call: Call; leg: Leg } | null = null

  constructor(house: House, wire: Wire) {
    this.#house = house
    this.#wire = wire
  }

  get isKnown(): boolean {
    return this.#at !== null
  }

  heard(text: string): void {
    if (this.#at) {
      const payload = payloadOf(text)
      if (payload !== null) return void this.#sound(payload, numberIn(text))
    }
    const message = read(text)
    if (!message) return void this.#refuse('that is not Media Streams')
    if (message.event === 'start') this.#start(message)
    else if (message.event !== 'connected' && !this.#at) this.#refuse('start comes first')
    else if (message.event === 'media') this.#sound(message.media.payload, Number(message.media.chunk ?? Number.NaN))
    else if (message.event === 'dtmf') this.#digit(message.dtmf.digit)
    else if (message.event === 'stop') this.#stop()
  }

  /** The socket is gone; without a `stop` before it the line broke. */
  closed(): void {
    const at = this.#at
    this.#at = null
    if (at && at.leg.wire === this.#wire) lost(at.call, at.leg)
  }

  #start({ start, streamSid }: StreamStart): void {
    const token = start.customParameters.token ?? ''
    const found = this.#house.tokens.get(token)
    if (!found || this.#at || found.leg.by !== 'carrier') return void this.#refuse('unknown token')
    const { call, leg } = found
    // The caller's stream is bound to one call of the carrier's; one that comes again must be of the same.
    if (leg.callSid !== null && leg.callSid !== start.callSid) return void this.#refuse('another call’s token')
    if (call.state === 'ended' || !isOpen(leg)) return void this.#refuse('over')
    leg.callSid = start.callSid
    leg.streamSid = streamSid
    this.#at = found
    joined(call, leg, this.#wire)
  }

  #sound(base64: string, number: number): void {
    const { call, leg } = this.#at as { call: Call; leg: Leg }
    if (leg.wire !== this.#wire) return
    const now = this.#house.now()
    leg.lastSoundAt = now
    for (const frame of this.#cutter.cut(base64, now)) {
      leg.framesIn++
      if (leg === call.caller || call.speakingLeg === leg) leg.queue.push(frame, Number.isNaN(number) ? null : number)
      else leg.refused++
    }
  }

  #digit(digit: string): void {
    if (!this.#at) return
    pressed(this.#at.call, this.#at.leg, digit)
  }

  #stop(): void {
    const at = this.#at
    this.#at = null
    if (!at || at.leg.wire !== this.#wire) return
    at.leg.wire = null
    this.#wire.close(1000, 'stopped')
    if (at.leg === at.call.caller) {
      at.leg.state = 'left'
      at.leg.end = 'hung_up'
      void endCall(at.call, 'caller_hung_up')
    } else leave(at.call, at.leg, 'hung_up')
  }

  #refuse(why: string): void {
    this.#house.log.warn({ why }, 'A stream was refused.')
    this.#wire.close(1008, why)
  }
}

/** What is typed while the recording is paused is not written down: a card's number is typed like that. */
export function pressed(call: Call, leg: Leg, digit: string): void {
  if (leg === call.caller) call.agent.dtmf(digit)
  if (call.recorder?.state !== 'paused') call.fact({ t: 'dtmf', role: leg.role, digit })
}

/** The chunk's number without parsing the whole. */
function numberIn(text: string): number {
  const at = text.indexOf('"chunk":"')
  return at < 0 ? Number.NaN : Number(text.slice(at + 9, text.indexOf('"', at + 9)))
}

function read(text: string): FromCarrier | null {
  try {
    const message = FromCarrier.safeParse(JSON.parse(text))
    return message.success ? message.data : null
  } catch {
    return null
  }
}
