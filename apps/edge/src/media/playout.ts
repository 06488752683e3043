/** What the hub sent and the telephone has not heard yet, in frames; marks lie between them. */
import { FRAME_BYTES, MULAW_SILENCE } from '@earshot/voice'

type Item = { frame: Buffer } | { mark: string }

/** Ten minutes, as carriers do; the hub paces, so this is never near. */
const MOST = 30_000
/** A queue never shorter than this for a second stands for nothing but delay. */
const STANDING = 3
const LOOK_TICKS = 50
/** Frames that are waited for after silence, so that a hub a little late leaves no hole; for no more ticks than that. */
const CUSHION = 2

export class Playout {
  #items: Item[] = []
  #frames = 0
  #least = Number.POSITIVE_INFINITY
  #ticks = 0
  #dry = 0
  dropped = 0
  readonly #played: (mark: string) => void

  constructor(played: (mark: string) => void) {
    this.#played = played
  }

  get depth(): number {
    return this.#frames
  }

  push(sound: Buffer): void {
    for (let at = 0; at < sound.length && this.#frames < MOST; at += FRAME_BYTES) {
      const part = sound.subarray(at, at + FRAME_BYTES)
      const short = FRAME_BYTES - part.length
      this.#items.push({ frame: short === 0 ? part : Buffer.concat([part, Buffer.alloc(short, MULAW_SILENCE)]) })
      this.#frames++
    }
  }

  mark(name: string): void {
    if (this.#frames === 0) this.#played(name)
    else this.#items.push({ mark: name })
  }

  /** Everything not played yet is forgotten; its marks are answered. */
  clear(): void {
    const marks = this.#items.flatMap((item) => ('mark' in item ? [item.mark] : []))
    this.#items = []
    this.#frames = 0
    for (const mark of marks) this.#played(mark)
  }

  next(): Buffer | null {
    if (this.#frames === 0) this.#dry = CUSHION
    else if (this.#frames < CUSHION && this.#dry > 0) this.#dry--
    else this.#dry = 0
    const frame = this.#dry > 0 ? null : this.#shift()
    this.#least = Math.min(this.#least, this.#frames)
    if (++this.#ticks >= LOOK_TICKS) {
      for (let extra = this.#least; extra > STANDING; extra--) {
        this.#shift()
        this.dropped++
      }
      this.#ticks = 0
      this.#least = Number.POSITIVE_INFINITY
    }
    return frame
  }

  #shift(): Buffer | null {
    const item = this.#items.shift()
    if (!item) return null
    if ('mark' in item) {
      this.#played(item.mark)
      return this.#shift()
    }
    this.#frames--
    while (this.#items[0] && 'mark' in this.#items[0]) this.#played((this.#items.shift() as { mark: string }).mark)
    return item.frame
  }
}
