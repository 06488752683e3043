/** The sound of one leg on the telephone's side: receives from one source only, sends a packet every 20 ms. */
import { randomInt } from 'node:crypto'
import { FRAME_BYTES, MULAW_SILENCE, mulawToAlaw } from '@earshot/voice'
import type { Codec, RemoteMedia } from '../sip/sdp.ts'
import type { Pacer } from './pacer.ts'
import type { RtpPort } from './ports.ts'
import { type Heard, Receiver } from './receiver.ts'
import { readRtp, writeKey, writeRtp } from './rtp.ts'

/** Ticks a key is down: 160 ms, and three packets more that say it is up. */
const KEY_TICKS = 8
const KEY_ENDS = 3
const KEY_PAUSE = 5
/** A source that was silent for so long may be followed by another one. */
const LATCH_MS = 2000

const SILENCE = Buffer.alloc(FRAME_BYTES, MULAW_SILENCE)

export interface MediaOptions {
  rtp: RtpPort
  pacer: Pacer
  codec: Codec
  remote: RemoteMedia
  /** Whether sound may come from there. */
  allows(address: string): boolean
  /** The next frame towards the telephone; null is silence. */
  next(): Buffer | null
  heard: Heard
}

export class MediaSession {
  readonly port: number
  readonly receiver: Receiver
  readonly sent = { packets: 0 }
  readonly #options: MediaOptions
  readonly #ssrc = randomInt(2 ** 32)
  #seq = randomInt(2 ** 16)
  #timestamp = randomInt(2 ** 32)
  #remote: RemoteMedia
  #codec: Codec
  #source: { address: string; port: number; at: number } | null = null
  #keys: { key: string; tick: number; timestamp: number }[] = []
  #stop: (() => void) | null = null
  refused = 0

  constructor(options: MediaOptions) {
    this.#options = options
    this.#remote = options.remote
    this.#codec = options.codec
    this.port = options.rtp.port
    const { heard } = options
    // While the other side holds the call, its music is not our contact's voice.
    const frame = (mulaw: Buffer) => {
      if (this.mayReceive) heard.frame(mulaw)
    }
    this.receiver = new Receiver(this.#payloads(), { frame, key: (key) => heard.key(key) })
    options.rtp.socket.on('message', this.#onPacket)
  }

  start(): void {
    this.#stop ??= this.#options.pacer.add((skipped) => this.#beat(skipped))
  }

  get remote(): RemoteMedia {
    return this.#remote
  }

  get codec(): Codec {
    return this.#codec
  }

  get mayReceive(): boolean {
    return this.#remote.direction === 'sendrecv'
  }

  get #maySend(): boolean {
    return this.#remote.direction === 'sendrecv' || this.#remote.direction === 'recvonly'
  }

  /** A new description of the other side: hold, resume, another address or coding. */
  change(remote: RemoteMedia, codec: Codec): void {
    const moved = remote.address !== this.#remote.address || remote.port !== this.#remote.port
    this.#remote = remote
    this.#codec = codec
    if (moved) this.#source = null
    this.receiver.payloads = this.#payloads()
  }

  #payloads() {
    const numberOf = (codec: Codec) => this.#remote.codecs.find((one) => one.codec === codec)?.payload ?? null
    return { mulaw: numberOf('PCMU'), alaw: numberOf('PCMA'), keys: this.#remote.keys }
  }

  #onPacket = (bytes: Buffer, from: { address: string; port: number }): void => {
    const packet = readRtp(bytes)
    const address = from.address.replace(/^::ffff:/i, '')
    if (!packet || !this.receiver.knows(packet.payload) || !this.#latch(address, from.port)) {
      this.refused++
      return
    }
    this.receiver.take(packet)
  }

  /** The first source that may be one is kept to; only its silence lets another in. */
  #latch(address: string, port: number): boolean {
    const now = performance.now()
    const source = this.#source
    if (source?.address === address && source.port === port) {
      source.at = now
      return true
    }
    if ((source && now - source.at < LATCH_MS) || !this.#options.allows(address)) return false
    this.#source = { address, port, at: now }
    return true
  }

  press(keys: string): void {
    for (const key of keys) this.#keys.push({ key, tick: 0, timestamp: 0 })
  }

  #beat(skipped: number): void {
    this.#timestamp = (this.#timestamp + (1 + skipped) * FRAME_BYTES) >>> 0
    for (let i = 0; i < skipped; i++) this.#options.next()
    const frame = this.#options.next()
    if (!this.#maySend || this.#sendKey()) return
    const sound = frame ?? SILENCE
    const payload = this.#remote.codecs.find((one) => one.codec === this.#codec)?.payload ?? 0
    const data = this.#codec === 'PCMA' ? Buffer.from(mulawToAlaw(sound)) : sound
    this.#send(payload, data, this.#timestamp, this.sent.packets === 0)
  }

  /** True: a key took the place of the sound in this tick. */
  #sendKey(): boolean {
    const [now] = this.#keys
    const payload = this.#remote.keys
    if (!now || payload === null) return false
    if (now.tick === 0) now.timestamp = this.#timestamp
    const down = Math.min(now.tick + 1, KEY_TICKS)
    const ending = now.tick >= KEY_TICKS
    now.tick++
    if (now.tick <= KEY_TICKS + KEY_ENDS) {
      this.#send(payload, writeKey(now.key, down * FRAME_BYTES, ending), now.timestamp, now.tick === 1)
    } else if (now.tick > KEY_TICKS + KEY_ENDS + KEY_PAUSE) this.#keys.shift()
    return true
  }

  #send(payload: number, data: Buffer, timestamp: number, marker: boolean): void {
    const to = this.#source ?? this.#remote
    if (to.port === 0 || to.address === '0.0.0.0' || to.address === '::') return
    const packet = writeRtp({ payload, marker, seq: this.#seq, timestamp, ssrc: this.#ssrc, data })
    this.#seq = (this.#seq + 1) & 0xffff
    this.sent.packets++
    this.#options.rtp.socket.send(packet, to.port, to.address, () => {})
  }

  close(): void {
    this.#stop?.()
    this.#stop = null
    this.#options.rtp.socket.off('message', this.#onPacket)
    this.#options.rtp.release()
  }
}
