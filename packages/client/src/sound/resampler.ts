/** Changes the rate of sound as it streams by: a windowed sinc, so that nothing above half the lower rate folds into speech. No DOM. */

/** Zero crossings on each side: more is cleaner and later. */
const LOBES = 8
const PHASES = 64
/** Where the filter begins to fall, as a share of the lower half rate. */
const CUTOFF = 0.92

export class Resampler {
  readonly #step: number
  readonly #half: number
  readonly #taps: Float32Array[]
  #history: Float32Array
  /** Where the next sample stands in `#history`, in samples of the input. */
  #at: number

  constructor(from: number, to: number) {
    this.#step = from / to
    const narrow = Math.min(1, to / from)
    this.#half = Math.ceil(LOBES / narrow)
    this.#taps = Array.from({ length: PHASES + 1 }, (_, phase) => tapsOf(phase / PHASES, this.#half, narrow))
    this.#history = new Float32Array(2 * this.#half)
    this.#at = this.#half
  }

  /** What can be said of the output so far; the rest comes with the next piece. */
  push(piece: Float32Array): Float32Array {
    const samples = new Float32Array(this.#history.length + piece.length)
    samples.set(this.#history)
    samples.set(piece, this.#history.length)
    const last = samples.length - this.#half
    const out = new Float32Array(Math.max(0, Math.ceil((last - this.#at) / this.#step)))
    let count = 0
    for (; this.#at < last; this.#at += this.#step) out[count++] = this.#sampleAt(samples)
    const from = Math.max(0, Math.floor(this.#at) - this.#half)
    this.#history = samples.slice(from)
    this.#at -= from
    return count === out.length ? out : out.subarray(0, count)
  }

  #sampleAt(samples: Float32Array): number {
    const whole = Math.floor(this.#at)
    const taps = this.#taps[Math.round((this.#at - whole) * PHASES)] as Float32Array
    const first = whole - this.#half + 1
    let sum = 0
    for (let i = 0; i < taps.length; i++) sum += (samples[first + i] ?? 0) * (taps[i] as number)
    return sum
  }
}

function tapsOf(phase: number, half: number, narrow: number): Float32Array {
  const taps = Float32Array.from({ length: 2 * half }, (_, i) => {
    const distance = i - half + 1 - phase
    const x = Math.PI * distance * narrow * CUTOFF
    const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / half)
    return (x === 0 ? 1 : Math.sin(x) / x) * Math.max(0, window)
  })
  const sum = taps.reduce((total, tap) => total + tap, 0)
  return taps.map((tap) => tap / sum)
}
