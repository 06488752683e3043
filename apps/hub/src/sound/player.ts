/** Plays a sound to the caller, a frame a tick. */
import { FRAME_BYTES, type Sound } from '@earshot/voice'
import { clipOf } from './clips.ts'
import { type Frame, SILENCE } from './frame.ts'

export class Player {
  readonly #bytes: Uint8Array
  readonly #loop: boolean
  #at = 0

  constructor(sound: Sound, { once = false } = {}) {
    if ('clip' in sound) {
      this.#bytes = clipOf(sound.clip)
      this.#loop = !once
    } else {
      this.#bytes = Buffer.from(sound.mulaw, 'base64')
      this.#loop = sound.loop && !once
    }
  }

  get isOver(): boolean {
    return !this.#loop && this.#at >= this.#bytes.length
  }

  /** Undefined: it is over. */
  take(now: number): Frame | undefined {
    if (this.#at >= this.#bytes.length) {
      if (!this.#loop || this.#bytes.length === 0) return undefined
      this.#at = 0
    }
    let bytes = this.#bytes.subarray(this.#at, this.#at + FRAME_BYTES)
    this.#at += FRAME_BYTES
    if (bytes.length < FRAME_BYTES) {
      const whole = new Uint8Array(SILENCE)
      whole.set(bytes)
      bytes = whole
    }
    return { bytes, base64: null, at: now }
  }
}
