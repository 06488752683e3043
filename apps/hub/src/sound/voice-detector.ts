/** Tells speech from silence by loudness, one frame at a time: loud against what the line itself sounds like. */

/** Three loud frames of five begin a stretch; half a second of quiet ends it. */
const LOUD_TO_BEGIN = 3
const QUIET_TO_END = 25
const LEAST = 0.008

export type Heard = { t: 'began'; tick: number } | { t: 'ended'; startTick: number; endTick: number }

export class VoiceDetector {
  #recent = 0
  #quiet = 0
  #startTick: number | null = null
  #lastLoud = 0
  #noise = 0.002

  /** `level`: 0…1, null when nothing came. */
  hear(level: number, tick: number): Heard | null {
    const isLoud = level > Math.max(LEAST, this.#noise * 3)
    // The line's own sound is followed slowly up and quickly down, and never up to where speech is.
    if (level < this.#noise) this.#noise += (level - this.#noise) * 0.2
    else if (this.#startTick === null) this.#noise = Math.min(0.03, this.#noise + (level - this.#noise) * 0.005)
    if (this.#startTick === null) {
      this.#recent = ((this.#recent << 1) | (isLoud ? 1 : 0)) & 0b11111
      if (ones(this.#recent) < LOUD_TO_BEGIN) return null
      this.#startTick = Math.max(0, tick - 4)
      this.#lastLoud = tick
      this.#quiet = 0
      return { t: 'began', tick: this.#startTick }
    }
    if (isLoud) {
      this.#lastLoud = tick
      this.#quiet = 0
      return null
    }
    return ++this.#quiet < QUIET_TO_END ? null : this.end()
  }

  /** The voice is gone, or somebody else speaks now. */
  end(): Heard | null {
    const startTick = this.#startTick
    this.#startTick = null
    this.#recent = 0
    if (startTick === null) return null
    return { t: 'ended', startTick, endTick: this.#lastLoud + 1 }
  }
}

function ones(bits: number): number {
  let count = 0
  for (let left = bits; left !== 0; left &= left - 1) count++
  return count
}
