/**
 * What an agent sent. Agents send a whole sentence at once; one frame a tick goes on, so that caller, listeners and recording hear the same
 * at the same time, and what was not heard yet can be taken back. Marks stand between the frames and are answered in order.
 */
import { type Frame, FrameCutter } from './frame.ts'

export interface Played {
  mark: string
  /** The ticks the sound before the mark was played in; null: none of it was. */
  startTick: number | null
  endTick: number | null
  flushed: boolean
}

/** Ten minutes, as carriers hold (voice.md §5.1); what comes above is dropped. */
const MOST = 10 * 60 * 50
const DRY = 3

export class PacedQueue {
  readonly #cutter = new FrameCutter()
  readonly #onPlayed: (played: Played) => void
  #items: (Frame | string)[] = []
  #head = 0
  #dryTicks = 0
  #startTick: number | null = null
  #endTick: number | null = null

  constructor(onPlayed: (played: Played) => void) {
    this.#onPlayed = onPlayed
  }

  get isEmpty(): boolean {
    return this.#head >= this.#items.length
  }

  push(base64: string, at: number): void {
    if (this.#items.length - this.#head > MOST) return
    for (const frame of this.#cutter.cut(base64, at)) this.#items.push(frame)
  }

  mark(name: string, at: number): void {
    this.#finish(at)
    this.#items.push(name)
  }

  take(tick: number, now: number): Frame | undefined {
    for (;;) {
      if (this.isEmpty) {
        // A rest shorter than a frame is the end of what was sent, when nothing follows it for a while.
        if (++this.#dryTicks < DRY) return undefined
        this.#finish(now)
        if (this.isEmpty) return undefined
      }
      this.#dryTicks = 0
      const item = this.#items[this.#head++] as Frame | string
      this.#shrink()
      if (typeof item !== 'string') {
        this.#startTick ??= tick
        this.#endTick = tick + 1
        return item
      }
      this.#answer(item, false)
    }
  }

  /** Drops everything; every mark is answered at once, or an agent that waits for one would wait for ever. */
  flush(): boolean {
    this.#finish(0)
    const dropped = this.#items.slice(this.#head)
    this.#items = []
    this.#head = 0
    for (const item of dropped) if (typeof item === 'string') this.#answer(item, true)
    this.#startTick = this.#endTick = null
    return dropped.length > 0
  }

  #answer(mark: string, flushed: boolean): void {
    const [startTick, endTick] = [this.#startTick, this.#endTick]
    this.#startTick = this.#endTick = null
    this.#onPlayed({ mark, startTick, endTick, flushed })
  }

  #finish(at: number): void {
    const rest = this.#cutter.end(at)
    if (rest) this.#items.push(rest)
  }

  #shrink(): void {
    if (this.#head < 512) return
    this.#items = this.#items.slice(this.#head)
    this.#head = 0
  }
}
