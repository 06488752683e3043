/** Fifty ticks a second for all calls together. What the hub was too late for is left out, never made up for without bound. */

export const TICK_MS = 20
/** Ticks that are made up for at once. */
const MOST_AT_ONCE = 10

export class Ticker {
  readonly #now: () => number
  readonly #onTick: (tick: number, now: number) => void
  readonly #zero: number
  #done = 0
  #timer: NodeJS.Timeout | undefined
  #isStopped = false
  readonly stats = { ticks: 0, skipped: 0, late: 0, latestMs: 0 }

  constructor(now: () => number, onTick: (tick: number, now: number) => void) {
    this.#now = now
    this.#onTick = onTick
    this.#zero = now()
  }

  get current(): { number: number; at: number } {
    return { number: this.#done, at: this.#zero + this.#done * TICK_MS }
  }

  start(): void {
    if (this.#isStopped) return
    const wait = this.#zero + (this.#done + 1) * TICK_MS - this.#now()
    // What lies in the sockets is read before the ticks are done: sound that came in time is not taken for missing.
    this.#timer = setTimeout(() => setImmediate(() => this.#run()), Math.max(0, wait))
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  #run(): void {
    if (this.#isStopped) return
    const now = this.#now()
    const due = Math.floor((now - this.#zero) / TICK_MS)
    if (due - this.#done > MOST_AT_ONCE) {
      this.stats.skipped += due - this.#done - MOST_AT_ONCE
      this.#done = due - MOST_AT_ONCE
    }
    while (this.#done < due) {
      this.#done++
      this.stats.ticks++
      const lateMs = now - (this.#zero + this.#done * TICK_MS)
      if (lateMs > TICK_MS) this.stats.late++
      if (lateMs > this.stats.latestMs) this.stats.latestMs = lateMs
      this.#onTick(this.#done, now)
    }
    this.start()
  }
}
