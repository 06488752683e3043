/** Twenty milliseconds of one voice inside the hub. */
import { FRAME_BYTES, MULAW_SILENCE } from '@earshot/voice'

export interface Frame {
  bytes: Uint8Array
  /** As it came, when it came as exactly one frame: goes on without being coded again. */
  base64: string | null
  /** When it came, ms since 1970. */
  at: number
}

export const SILENCE: Uint8Array = new Uint8Array(FRAME_BYTES).fill(MULAW_SILENCE)

/** Characters of one frame in base64. */
const BASE64_CHARS = 216

/** Cuts what comes in pieces of any length into frames; a rest waits for the next piece. */
export class FrameCutter {
  #rest: Uint8Array | null = null

  cut(base64: string, at: number): Frame[] {
    if (base64.length === BASE64_CHARS && this.#rest === null) {
      const bytes = Buffer.from(base64, 'base64')
      if (bytes.length === FRAME_BYTES) return [{ bytes, base64, at }]
    }
    const came = Buffer.from(base64, 'base64')
    const bytes = this.#rest ? Buffer.concat([this.#rest, came]) : came
    const frames: Frame[] = []
    let from = 0
    for (; from + FRAME_BYTES <= bytes.length; from += FRAME_BYTES) {
      frames.push({ bytes: bytes.subarray(from, from + FRAME_BYTES), base64: null, at })
    }
    this.#rest = from < bytes.length ? bytes.subarray(from) : null
    return frames
  }

  /** What is left, filled up with silence: nothing more belongs to it. */
  end(at: number): Frame | null {
    if (this.#rest === null) return null
    const bytes = new Uint8Array(SILENCE)
    bytes.set(this.#rest)
    this.#rest = null
    return { bytes, base64: null, at }
  }
}

export const base64Of = (frame: Frame): string =>
  frame.base64 ?? Buffer.from(frame.bytes.buffer, frame.bytes.byteOffset, frame.bytes.byteLength).toString('base64')
