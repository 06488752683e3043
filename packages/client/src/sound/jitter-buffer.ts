/**
 * What came of a call and was not played yet (voice.md §5.3): begins when three frames are there, drops what stands in it for longer than
 * a second, and never holds more than twelve. No DOM.
 */
const TARGET = 3
const CAP = 12
/** A second of frames. */
const WATCHED = 50

export class JitterBuffer<T> {
  readonly #frames: T[] = []
  #isFilling = true
  #lowest = Number.POSITIVE_INFINITY
  #seen = 0
  /** How often it ran dry while it played, and how many frames were left out. */
  underruns = 0
  dropped = 0

  get depth(): number {
    return this.#frames.length
  }

  push(frame: T): void {
    this.#frames.push(frame)
    if (this.#frames.length > CAP) this.#drop(this.#frames.length - TARGET)
  }

  /** Null: nothing to play now. */
  take(): T | null {
    if (this.#isFilling && this.#frames.length < TARGET) return null
    this.#isFilling = false
    const frame = this.#frames.shift()
    if (frame === undefined) {
      this.underruns += 1
      this.#isFilling = true
      return null
    }
    this.#watch()
    return frame
  }

  /** What never was needed for a second is delay and nothing else. */
  #watch(): void {
    this.#lowest = Math.min(this.#lowest, this.#frames.length)
    this.#seen += 1
    if (this.#seen < WATCHED) return
    if (this.#lowest > TARGET) this.#drop(this.#lowest - TARGET)
    this.#lowest = Number.POSITIVE_INFINITY
    this.#seen = 0
  }

  #drop(count: number): void {
    this.#frames.splice(0, count)
    this.dropped += count
  }
}
