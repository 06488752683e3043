/** From 8,000 to 16,000 samples a second: each sample stands, and between two a new one is drawn by a low-pass of 32 neighbours. */
const HALF = 16

/** A windowed sinc at the middle between two samples; its sum is one. */
const TAPS = ((): Float64Array => {
  const taps = Float64Array.from({ length: 2 * HALF }, (_, i) => {
    const x = i - HALF + 0.5
    const window = 0.42 + 0.5 * Math.cos((Math.PI * x) / HALF) + 0.08 * Math.cos((2 * Math.PI * x) / HALF)
    return (Math.sin(Math.PI * x) / (Math.PI * x)) * window
  })
  const sum = taps.reduce((a, b) => a + b, 0)
  return taps.map((tap) => tap / sum)
})()

/** One channel, in pieces. What it gives is as long as what it took, twice over, once `flush` was called. */
export class Upsampler {
  /** What the next samples need of those before them. */
  #held = new Float32Array(HALF - 1)

  take(samples: Float32Array): Float32Array {
    const all = new Float32Array(this.#held.length + samples.length)
    all.set(this.#held)
    all.set(samples, this.#held.length)
    const ready = Math.max(0, all.length - (2 * HALF - 1))
    const out = new Float32Array(ready * 2)
    for (let i = 0; i < ready; i++) {
      const at = i + HALF - 1
      out[2 * i] = all[at]!
      let sum = 0
      for (let tap = 0; tap < 2 * HALF; tap++) sum += all[at - HALF + 1 + tap]! * TAPS[tap]!
      out[2 * i + 1] = sum
    }
    this.#held = all.slice(ready)
    return out
  }

  flush(): Float32Array {
    return this.take(new Float32Array(HALF))
  }
}
