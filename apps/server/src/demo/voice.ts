/** Voice notes of the demo: a buzz through three moving resonators, in syllables. Nobody's voice, and nobody's words. */
import { type Chance, chanceOf } from './random.ts'

const RATE = 8000
const CLIP = 32_635
const BIAS = 0x84

/** A WAV of 8 bit μ-law, 8 kB a second, always the same for the same seed. */
export function voiceNote(seed: string, seconds: number): Buffer {
  const chance = chanceOf(seed)
  const sound = new Float32Array(Math.round(seconds * RATE))
  const pitch = chance.whole(95, 210)
  for (let at = RATE / 10; at < sound.length - RATE / 4; ) {
    const length = Math.round((0.11 + chance.next() * 0.16) * RATE)
    syllable(sound.subarray(at, at + length), pitch * (0.9 + chance.next() * 0.25), chance)
    // A breath after every few syllables.
    at += length + Math.round((chance.next() < 0.16 ? 0.25 + chance.next() * 0.35 : 0.02) * RATE)
  }
  return asWav(sound)
}

/** Where the resonances of vowels lie, in hertz. */
const VOWELS = [
  [730, 1090, 2440],
  [270, 2290, 3010],
  [300, 870, 2240],
  [530, 1840, 2480],
  [570, 840, 2410],
] as const

function syllable(into: Float32Array, pitch: number, chance: Chance): void {
  const resonators = chance.pick(VOWELS).map((hertz) => resonator(hertz, 90))
  let phase = 0
  for (let i = 0; i < into.length; i++) {
    const share = i / into.length
    phase += (pitch * (1.06 - share * 0.12)) / RATE
    const buzz = (phase % 1) * 2 - 1 + (chance.next() - 0.5) * 0.25
    const loudness = Math.sin(Math.PI * Math.min(1, share * 1.15)) ** 0.7
    into[i] = resonators.reduce((sum, ring, n) => sum + ring(buzz) / (n + 1), 0) * loudness * 0.05
  }
}

function resonator(hertz: number, width: number): (sample: number) => number {
  const radius = Math.exp((-Math.PI * width) / RATE)
  const turn = 2 * radius * Math.cos((2 * Math.PI * hertz) / RATE)
  let [last, before] = [0, 0]
  return (sample) => {
    const next = sample + turn * last - radius * radius * before
    before = last
    last = next
    return next
  }
}

function asWav(sound: Float32Array): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + sound.length, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  for (const [at, value] of [
    [16, 16],
    [24, RATE],
    [28, RATE],
    [40, sound.length],
  ] as const)
    head.writeUInt32LE(value, at)
  for (const [at, value] of [
    [20, 7],
    [22, 1],
    [32, 1],
    [34, 8],
  ] as const)
    head.writeUInt16LE(value, at)
  head.write('data', 36, 'latin1')
  const loudest = sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0.001)
  return Buffer.concat([head, Buffer.from(Uint8Array.from(sound, (sample) => muLaw((sample / loudest) * 26_000)))])
}

/** G.711. */
function muLaw(sample: number): number {
  const value = Math.min(CLIP, Math.round(Math.abs(sample))) + BIAS
  const segment = Math.max(0, 24 - Math.clz32(value))
  return ~((sample < 0 ? 0x80 : 0) | (segment << 4) | ((value >> (segment + 3)) & 0x0f)) & 0xff
}
