/**
 * What a live voice sent and was not passed on yet. A frame comes and a frame goes every 20 ms, so what stands in the queue for a whole
 * second is delay and nothing else, and is dropped (voice.md §2.1).
 */
import type { Frame } from './frame.ts'

/** A second of ticks. */
const WATCHED = 50
/** A stalled line that delivers everything at once is cut to this. */
const CAP = 25
const KEPT = 3
/** Frames that came too early wait for at most this many others. */
const WINDOW = 3

export class LiveQueue {
  readonly #frames: Frame[] = []
  readonly #early = new Map<number, Frame>()
  #next: number | null = null
  #lowest = Number.POSITIVE_INFINITY
  #ticks = 0
  dropped = 0

  get depth(): number {
    return this.#frames.length
  }

  /** `number` is the place in the sender's own count; without one frames are taken as they come. */
  push(frame: Frame, number: number | null): void {
    if (number === null) return void this.#add(frame)
    if (this.#next === null || number === this.#next) {
      this.#next = number + 1
      this.#add(frame)
      this.#release()
    } else if (number > this.#next) {
      this.#early.set(number, frame)
      if (this.#early.size > WINDOW) this.#skip()
    } else if (this.#next - number > 1000) {
      // The sender began to count anew.
      this.#next = number + 1
      this.#add(frame)
    } else this.dropped++
  }

  /** Once a tick. */
  take(): Frame | undefined {
    this.#lowest = Math.min(this.#lowest, this.#frames.length)
    if (++this.#ticks >= WATCHED) {
      if (this.#lowest > 1) this.#drop(this.#lowest - 1)
      this.#ticks = 0
      this.#lowest = Number.POSITIVE_INFINITY
    }
    return this.#frames.shift()
  }

  clear(): void {
    this.#frames.length = 0
    this.#early.clear()
    this.#next = null
    this.#ticks = 0
    this.#lowest = Number.POSITIVE_INFINITY
  }

  #add(frame: Frame): void {
    this.#frames.push(frame)
    if (this.#frames.length > CAP) this.#drop(this.#frames.length - KEPT)
  }

  #release(): void {
    for (;;) {
      const frame = this.#next === null ? undefined : this.#early.get(this.#next)
      if (frame === undefined || this.#next === null) return
      this.#early.delete(this.#next)
      this.#next++
      this.#add(frame)
    }
  }

  /** What is missing will not come. */
  #skip(): void {
    this.#next = Math.min(...this.#early.keys())
    this.#release()
  }

  #drop(count: number): void {
    this.#frames.splice(0, count)
    this.dropped += count
  }
}
