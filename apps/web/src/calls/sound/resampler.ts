/** Changes the rate of sound, sample by sample: a windowed sinc that lets nothing through that the lower of the two rates cannot carry. */

/** Crossings of zero on each side: the more, the steeper it cuts. */
const REACH = 16
/** Places between two samples that are known beforehand; between those the nearest is taken. */
const PHASES = 128
/** What is kept of the lower rate's half: the rest is where the cut falls off. */
const KEPT = 0.9

export class Resampler {
  /** Input samples per output sample; a little more or less plays faster or slower. */
  step: number
  private readonly taps: number
  private readonly table: Float32Array
  private readonly ring: Float32Array
  private readonly mask: number
  private written = 0
  private at: number

  constructor(from: number, to: number) {
    this.step = from / to
    const cut = KEPT * Math.min(1, to / from)
    const half = Math.ceil(REACH / Math.min(1, to / from))
    this.taps = 2 * half
    this.table = tableOf(half, cut)
    const size = 2 ** Math.ceil(Math.log2(this.taps + 2))
    this.ring = new Float32Array(size)
    this.mask = size - 1
    this.at = half - 1
  }

  push(sample: number): void {
    this.ring[this.written & this.mask] = sample
    this.written++
  }

  /** Whether enough came for the next sample. */
  get ready(): boolean {
    return this.written > Math.floor(this.at) + this.taps / 2
  }

  take(): number {
    const whole = Math.floor(this.at)
    const row = Math.round((this.at - whole) * PHASES) * this.taps
    const first = whole - this.taps / 2 + 1
    let sum = 0
    for (let i = 0; i < this.taps; i++)
      sum += (this.ring[(first + i) & this.mask] as number) * (this.table[row + i] as number)
    this.at += this.step
    return sum
  }
}

/** For each place between two samples, what each of the samples around it counts. */
function tableOf(half: number, cut: number): Float32Array {
  const taps = 2 * half
  const table = new Float32Array((PHASES + 1) * taps)
  for (let phase = 0; phase <= PHASES; phase++) {
    let sum = 0
    for (let i = 0; i < taps; i++) {
      const x = i - half + 1 - phase / PHASES
      const value = sinc(x * cut) * blackman(x / half)
      table[phase * taps + i] = value
      sum += value
    }
    for (let i = 0; i < taps; i++) table[phase * taps + i]! /= sum
  }
  return table
}

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

function blackman(x: number): number {
  return Math.abs(x) >= 1 ? 0 : 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x)
}
