/** The agent's leg: the hub calls the agent as a carrier would (voice.md §5.2), with a control socket beside it for our own agents. */
import { randomBytes } from 'node:crypto'
import { type AgentPlan, FRAME_MS, FromAgent, payloadOf, type ToAgent } from '@earshot/voice'
import type { PacedQueue } from '../sound/paced-queue.ts'
import type { Wire } from './wire.ts'

export interface WireEvents {
  onOpen(wire: Wire): void
  onText(text: string): void
  /** Also when it never opened. */
  onClose(code: number): void
}

export type OpenWire = (url: string, headers: Record<string, string>, events: WireEvents) => { abandon(): void }

export interface AgentLineOptions {
  plan: AgentPlan
  call: string
  callSid: string
  nowMs(): number
  open: OpenWire
  queue: PacedQueue
  /** Frames are taken now; else they are dropped as they come. */
  mayQueue(): boolean
  now(): number
  onLive(): void
  /** `ended`: the agent hung up, as a bot of Media Streams does by closing. */
  onGone(how: 'ended' | 'lost'): void
  onSaid(message: FromAgent): void
  /** It took back what it had sent. */
  onClear(): void
}

export class AgentLine {
  readonly #o: AgentLineOptions
  readonly #streamSid = `MZ${randomBytes(16).toString('hex')}`
  readonly #tries: { abandon(): void }[] = []
  #media: Wire | null = null
  #control: Wire | null = null
  #isOver = false
  #isLive = false
  #sequence = 1
  #chunks = { inbound: 1, outbound: 1 }
  badMessages = 0

  constructor(options: AgentLineOptions) {
    this.#o = options
    const { plan, open } = options
    this.#tries.push(
      open(plan.url, plan.headers, {
        onOpen: (wire) => this.#mediaOpen(wire),
        onText: (text) => this.#heard(text),
        onClose: (code) => this.#closed(code),
      }),
    )
    if (plan.controlUrl === undefined) return
    this.#tries.push(
      open(plan.controlUrl, plan.headers, {
        onOpen: (wire) => this.#controlOpen(wire),
        onText: (text) => this.#told(text),
        onClose: (code) => this.#closed(code === 1000 ? 1000 : 1006),
      }),
    )
  }

  get isLive(): boolean {
    return this.#isLive && !this.#isOver
  }

  /** False: a plain bot, or one whose control socket is not there. */
  tell(message: ToAgent): boolean {
    if (!this.#control?.isOpen) return false
    this.#control.send(JSON.stringify(message))
    return true
  }

  /** One frame of the caller's, or of whoever speaks to the caller, as a carrier would send it. */
  hear(track: 'inbound' | 'outbound', payload: string, ms: number): void {
    const media = this.#media
    if (!media?.isOpen || media.unsent > 64 * 1024) return
    media.send(
      `{"event":"media","sequenceNumber":"${this.#sequence++}","media":{"track":"${track}","chunk":"${this.#chunks[track]++}","timestamp":"${ms}","payload":"${payload}"},"streamSid":"${this.#streamSid}"}`,
    )
  }

  dtmf(digit: string): void {
    this.tell({ t: 'dtmf', digit })
    this.#write({ event: 'dtmf', dtmf: { track: 'inbound_track', digit } })
  }

  mark(name: string): void {
    this.#write({ event: 'mark', mark: { name } })
  }

  close(reason: string): void {
    if (this.#isOver) return
    this.#isOver = true
    this.tell({ t: 'end', reason })
    this.#write({ event: 'stop', stop: { callSid: this.#o.callSid } })
    this.#shut()
  }

  #mediaOpen(wire: Wire): void {
    if (this.#isOver) return void wire.close(1000, 'not wanted any more')
    this.#media = wire
    const { callSid, plan } = this.#o
    wire.send('{"event":"connected","protocol":"Call","version":"1.0.0"}')
    this.#write({
      event: 'start',
      start: {
        streamSid: this.#streamSid,
        callSid,
        tracks: plan.outbound ? ['inbound', 'outbound'] : ['inbound'],
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
        customParameters: plan.params,
      },
    })
    this.#liveWhenBothAre()
  }

  #controlOpen(wire: Wire): void {
    if (this.#isOver) return void wire.close(1000, 'not wanted any more')
    this.#control = wire
    this.tell({ t: 'hello', call: this.#o.call, nowMs: this.#o.nowMs() })
    this.#liveWhenBothAre()
  }

  #liveWhenBothAre(): void {
    if (!this.#media || (this.#o.plan.controlUrl !== undefined && !this.#control)) return
    this.#isLive = true
    this.#o.onLive()
  }

  #heard(text: string): void {
    const { queue, now, mayQueue } = this.#o
    const quick = payloadOf(text)
    const message = quick === null ? parse(text) : null
    // Other writers of JSON put spaces where ours does not.
    const payload = quick ?? payloadIn(message)
    if (payload !== null) {
      if (mayQueue()) queue.push(payload, now())
      return
    }
    if (message?.event === 'clear') {
      queue.flush()
      this.#o.onClear()
    } else if (message?.event === 'mark') {
      const name = (message.mark as { name?: unknown } | undefined)?.name
      if (typeof name !== 'string' || name.length > 200) this.badMessages++
      else {
        queue.mark(name, now())
        // What stood before it was dropped as it came.
        if (!mayQueue()) queue.flush()
      }
    } else if (message === null) this.badMessages++
  }

  #told(text: string): void {
    const read = FromAgent.safeParse(parse(text))
    if (read.success) this.#o.onSaid(read.data)
    else this.badMessages++
  }

  /** A plain bot ends the call by closing in order; ours says so by its control socket, and a close without a code is a process that stops. */
  #closed(code: number): void {
    if (this.#isOver) return
    const wasLive = this.#isLive
    this.#isOver = true
    this.#shut()
    const isPlain = this.#o.plan.controlUrl === undefined
    this.#o.onGone(wasLive && (code === 1000 || (isPlain && code === 1005)) ? 'ended' : 'lost')
  }

  #shut(): void {
    for (const opening of this.#tries) opening.abandon()
    this.#media?.close(1000, '')
    this.#control?.close(1000, '')
    this.#media = this.#control = null
  }

  #write(message: Record<string, unknown>): void {
    if (!this.#media?.isOpen) return
    const sequenceNumber = String(this.#sequence++)
    this.#media.send(JSON.stringify({ ...message, sequenceNumber, streamSid: this.#streamSid }))
  }
}

export const msOf = (tick: number): number => tick * FRAME_MS

function payloadIn(message: Record<string, unknown> | null): string | null {
  if (message?.event !== 'media') return null
  const { payload } = (message.media ?? {}) as { payload?: unknown }
  return typeof payload === 'string' ? payload : null
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
