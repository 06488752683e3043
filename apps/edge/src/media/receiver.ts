/** Puts received sound in order again: a small window waits for late packets, what is lost becomes silence. */
import { alawToMulaw, FRAME_BYTES, MULAW_SILENCE } from '@earshot/voice'
import { type RtpPacket, readKey, SEQ_MASK } from './rtp.ts'

export interface Heard {
  frame(mulaw: Buffer): void
  key(key: string): void
}

/** Packets that are waited for one; 60 ms at 20 ms each. */
const WINDOW = 3
/** A hole longer than this is another place in time: nothing is filled in. */
const LONGEST_HOLE = 50

export interface Payloads {
  /** Payload number → what it is. */
  mulaw: number | null
  alaw: number | null
  keys: number | null
}

export class Receiver {
  readonly stats = { packets: 0, frames: 0, lost: 0, late: 0, foreign: 0 }
  #payloads: Payloads
  readonly #heard: Heard
  #ssrc: number | null = null
  #next = 0
  readonly #waiting = new Map<number, RtpPacket>()
  #rest: Buffer = Buffer.alloc(0)
  #lastKey: string | null = null

  constructor(payloads: Payloads, heard: Heard) {
    this.#payloads = payloads
    this.#heard = heard
  }

  set payloads(payloads: Payloads) {
    this.#payloads = payloads
  }

  knows(payload: number): boolean {
    const { mulaw, alaw, keys } = this.#payloads
    return payload === mulaw || payload === alaw || payload === keys || payload === 13
  }

  take(packet: RtpPacket): void {
    if (!this.knows(packet.payload)) {
      this.stats.foreign++
      return
    }
    this.stats.packets++
    const ahead = this.#ssrc === packet.ssrc ? distance(this.#next, packet.seq) : null
    if (ahead === null || Math.abs(ahead) > LONGEST_HOLE) this.#restart(packet)
    else if (ahead < 0) this.stats.late++
    else {
      this.#waiting.set(packet.seq, packet)
      this.#drain()
      if (this.#waiting.size > WINDOW) this.#giveUp()
    }
  }

  #restart(packet: RtpPacket): void {
    this.#ssrc = packet.ssrc
    this.#waiting.clear()
    this.#next = packet.seq
    this.#waiting.set(packet.seq, packet)
    this.#drain()
  }

  #drain(): void {
    for (;;) {
      const packet = this.#waiting.get(this.#next)
      if (!packet) return
      this.#waiting.delete(this.#next)
      this.#next = (this.#next + 1) & SEQ_MASK
      this.#deliver(packet)
    }
  }

  /** The missing ones do not come any more. */
  #giveUp(): void {
    while (!this.#waiting.has(this.#next)) {
      this.stats.lost++
      this.#sound(Buffer.alloc(FRAME_BYTES, MULAW_SILENCE))
      this.#next = (this.#next + 1) & SEQ_MASK
    }
    this.#drain()
  }

  #deliver({ payload, data, timestamp }: RtpPacket): void {
    const { mulaw, alaw, keys } = this.#payloads
    if (payload === mulaw) this.#sound(data)
    else if (payload === alaw) this.#sound(Buffer.from(alawToMulaw(data)))
    else if (payload === keys) this.#press(data, timestamp)
  }

  /** A key is told once, when it goes down; all its packets have one timestamp. */
  #press(data: Buffer, timestamp: number): void {
    const pressed = readKey(data)
    if (!pressed) return
    const name = `${timestamp}|${pressed.key}`
    if (name === this.#lastKey) return
    this.#lastKey = name
    this.#heard.key(pressed.key)
  }

  /** Packets may be of 10 or 30 ms: all go on as frames of 20. */
  #sound(data: Buffer): void {
    const bytes = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data])
    let at = 0
    for (; at + FRAME_BYTES <= bytes.length; at += FRAME_BYTES) {
      this.stats.frames++
      this.#heard.frame(bytes.subarray(at, at + FRAME_BYTES))
    }
    this.#rest = Buffer.from(bytes.subarray(at))
  }
}

/** How far `seq` lies after `from`, around the end of 16 bits. */
function distance(from: number, seq: number): number {
  const forward = (seq - from) & SEQ_MASK
  return forward > 0x7fff ? forward - 0x10000 : forward
}
