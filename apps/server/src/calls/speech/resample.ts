/** Brings 16 bit sound from a synthesizer's rate down to the telephone's, with a proper low-pass: nothing above 4 kHz folds back. */
import { encodeMulaw, RATE } from '@earshot/voice'

/** All of the telephone's band passes to here; nothing does above `STOP`. */
const PASS = 3400
const STOP = 4000
/** How much of what must not pass is left: −70 dB. */
const KAISER_BETA = 6.76
const ATTENUATION = 70

/**
 * A polyphase filter for any ratio of whole rates: 24,000 → 8,000 takes every third of the filtered samples, 22,050 → 8,000 is 160/441.
 * Sound comes in pieces of any length; the filter's delay is taken out, so that what ends together stays together.
 */
export class Downsampler {
  private readonly up: number
  private readonly down: number
  private readonly half: number
  private readonly phases: (Float64Array | undefined)[]
  private readonly taps: (phase: number) => Float64Array
  /** Samples not yet used up; the first one has the number `base`. */
  private held: Float64Array
  private base: number
  private next = 0
  private received = 0

  constructor(from: number) {
    if (!Number.isInteger(from) || from < RATE) throw new RangeError(`${from} Hz is no rate to come down from`)
    const common = gcd(from, RATE)
    this.up = RATE / common
    this.down = from / common
    const width = (2 * Math.PI * (STOP - PASS)) / from
    this.half = Math.ceil((ATTENUATION - 8) / (2.285 * width) / 2)
    this.phases = new Array(this.up)
    this.held = new Float64Array(this.half)
    this.base = -this.half
    const cutoff = (PASS + STOP) / 2 / from
    this.taps = (phase) => (this.phases[phase] ??= lowPass(this.half, cutoff, phase / this.up))
  }

  write(samples: Int16Array): Int16Array {
    this.received += samples.length
    const joined = new Float64Array(this.held.length + samples.length)
    joined.set(this.held)
    for (let i = 0; i < samples.length; i++) joined[this.held.length + i] = samples[i] as number
    this.held = joined
    return this.drain(Number.POSITIVE_INFINITY)
  }

  /** The rest, as if silence followed. */
  end(): Int16Array {
    const wanted = Math.ceil((this.received * this.up) / this.down)
    const joined = new Float64Array(this.held.length + 2 * this.half + 1)
    joined.set(this.held)
    this.held = joined
    return this.drain(wanted)
  }

  private drain(upTo: number): Int16Array {
    const out: number[] = []
    while (this.next < upTo) {
      const place = this.next * this.down
      const centre = Math.floor(place / this.up)
      const first = centre - this.half - this.base
      const taps = this.taps(place % this.up)
      if (first + taps.length > this.held.length) break
      let sum = 0
      for (let i = 0; i < taps.length; i++) sum += (taps[i] as number) * (this.held[first + i] as number)
      out.push(Math.max(-32768, Math.min(32767, Math.round(sum))))
      this.next++
    }
    const keepFrom = Math.floor((this.next * this.down) / this.up) - this.half
    const drop = Math.max(0, Math.min(this.held.length, keepFrom - this.base))
    this.held = this.held.slice(drop)
    this.base += drop
    return Int16Array.from(out)
  }
}

/** Weights of the samples around a place that lies `fraction` behind the middle one; they sum to one. */
function lowPass(half: number, cutoff: number, fraction: number): Float64Array {
  const taps = new Float64Array(2 * half + 1)
  let sum = 0
  for (let i = 0; i < taps.length; i++) {
    const x = i - half - fraction
    const share = x / (half + 1)
    const window = Math.abs(share) >= 1 ? 0 : bessel(KAISER_BETA * Math.sqrt(1 - share * share)) / bessel(KAISER_BETA)
    const angle = 2 * Math.PI * cutoff * x
    const weight = (Math.abs(angle) < 1e-9 ? 1 : Math.sin(angle) / angle) * window
    taps[i] = weight
    sum += weight
  }
  return taps.map((weight) => weight / sum)
}

/** The modified Bessel function of order zero, which Kaiser's window is made of. */
function bessel(x: number): number {
  let sum = 1
  let term = 1
  for (let n = 1; term > 1e-12 * sum; n++) {
    term *= (x / (2 * n)) ** 2
    sum += term
  }
  return sum
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

/** 16 bit little endian sound at `rate`, in pieces cut anywhere, as the telephone's μ-law. */
export async function* toTelephone(pieces: AsyncIterable<Uint8Array>, rate: number): AsyncGenerator<Uint8Array> {
  const filter = new Downsampler(rate)
  let odd: number | undefined
  for await (const piece of pieces) {
    const bytes = odd === undefined ? piece : Uint8Array.from([odd, ...piece])
    odd = bytes.length % 2 === 1 ? bytes[bytes.length - 1] : undefined
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const samples = new Int16Array(bytes.length >> 1)
    for (let i = 0; i < samples.length; i++) samples[i] = view.getInt16(i * 2, true)
    const sound = mulawOf(filter.write(samples))
    if (sound.length > 0) yield sound
  }
  const rest = mulawOf(filter.end())
  if (rest.length > 0) yield rest
}

export function mulawOf(samples: Int16Array): Uint8Array {
  const out = new Uint8Array(samples.length)
  for (let i = 0; i < samples.length; i++) out[i] = encodeMulaw(samples[i] as number)
  return out
}
