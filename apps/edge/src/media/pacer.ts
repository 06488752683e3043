/** One clock of 20 ms for all calls. When the process was late, a few ticks are made up for; more are skipped. */

export const TICK_MS = 20
const CATCH_UP = 5

/** `skipped`: ticks that were left out before this one; time went on without them. */
export type Beat = (skipped: number) => void

export class Pacer {
  readonly #beats = new Set<Beat>()
  #timer: NodeJS.Timeout | null = null
  #due = 0
  skipped = 0

  add(beat: Beat): () => void {
    this.#beats.add(beat)
    if (!this.#timer) {
      this.#due = performance.now() + TICK_MS
      this.#schedule()
    }
    return () => {
      this.#beats.delete(beat)
      if (this.#beats.size > 0 || !this.#timer) return
      clearTimeout(this.#timer)
      this.#timer = null
    }
  }

  #schedule(): void {
    this.#timer = setTimeout(() => this.#run(), Math.max(0, this.#due - performance.now()))
  }

  #run(): void {
    const late = Math.floor((performance.now() - this.#due) / TICK_MS)
    let skip = Math.max(0, late - CATCH_UP)
    this.skipped += skip
    this.#due += skip * TICK_MS
    const now = performance.now()
    for (let made = 0; made <= CATCH_UP && this.#due <= now; made++) {
      for (const beat of this.#beats) beat(skip)
      skip = 0
      this.#due += TICK_MS
    }
    if (this.#timer) this.#schedule()
  }
}
