/** Sound brought down to the telephone, judged by its spectrum. */
import { describe, expect, it } from 'vitest'
import { Downsampler } from './resample.ts'

const tone = (hertz: number, rate: number, seconds = 0.5) =>
  Int16Array.from({ length: rate * seconds }, (_, i) => Math.round(16_000 * Math.sin((2 * Math.PI * hertz * i) / rate)))

/** How much of one frequency is in 8 kHz sound, in dB below a full tone of the same height. */
function decibels(sound: Int16Array, hertz: number): number {
  const middle = sound.subarray(400, sound.length - 400)
  let [re, im] = [0, 0]
  middle.forEach((sample, i) => {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / middle.length)
    re += sample * window * Math.cos((2 * Math.PI * hertz * i) / 8000)
    im += sample * window * Math.sin((2 * Math.PI * hertz * i) / 8000)
  })
  return 20 * Math.log10((4 * Math.hypot(re, im)) / middle.length / 16_000 + 1e-9)
}

/** In pieces that no rate divides. */
function down(samples: Int16Array, rate: number): Int16Array {
  const filter = new Downsampler(rate)
  const out: number[] = []
  for (let at = 0; at < samples.length; at += 777) out.push(...filter.write(samples.subarray(at, at + 777)))
  out.push(...filter.end())
  return Int16Array.from(out)
}

describe.each([24_000, 22_050, 16_000, 48_000])('sound of %i Hz on the telephone', (rate) => {
  it('keeps its band as it is', () => {
    for (const hertz of [300, 1000, 2500, 3300])
      expect(Math.abs(decibels(down(tone(hertz, rate), rate), hertz))).toBeLessThan(0.3)
  })

  it('folds nothing back from above it', () => {
    for (const hertz of [4200, 5000, 6500, 7800].filter((hertz) => hertz < rate / 2))
      expect(decibels(down(tone(hertz, rate), rate), 8000 - hertz)).toBeLessThan(-55)
  })

  it('is as long as it was, and is not late', () => {
    const click = new Int16Array(rate)
    click[rate / 2] = 30_000
    const sound = down(click, rate)
    expect(sound.length).toBe(8000)
    const loudest = sound.reduce((best, sample, i) => (Math.abs(sample) > Math.abs(sound[best] ?? 0) ? i : best), 0)
    expect(loudest).toBe(4000)
  })
})
