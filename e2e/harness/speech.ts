/** Sounds like speech, each different, and how alike two sounds are: what a journey says on a call and finds again elsewhere. */

export const RATE = 8000

/** A voice that glides, with syllables and pauses; the same seed says the same. */
export function speech(seed: number, seconds: number, rate = RATE): Float32Array {
  const base = 110 + 37 * seed
  let phase = 0
  return Float32Array.from({ length: Math.round(seconds * rate) }, (_, i) => {
    const at = i / rate
    const pitch = base * (1 + 0.25 * Math.sin(2 * Math.PI * (0.9 + 0.13 * seed) * at + seed))
    phase += (2 * Math.PI * pitch) / rate
    const mouth = 3 + 2.2 * Math.sin(2 * Math.PI * (1.7 + 0.31 * seed) * at + 2 * seed)
    let sum = 0
    for (let n = 1; n <= 14; n++) sum += Math.exp(-((n - mouth) ** 2) / 3) * Math.sin(n * phase)
    const syllable = 0.55 + 0.45 * Math.sin(2 * Math.PI * (3.1 + 0.2 * seed) * at)
    return 0.3 * sum * syllable
  })
}

/**
 * How much of the second is found in the first, 1 being all of it: the best of its pieces, wherever each stands. Several of the first are
 * the same sound, begun parts of a sample later.
 */
export function likeness(
  heard: Float32Array | readonly Float32Array[],
  said: Float32Array,
  pieceSeconds = 0.3,
): number {
  const phases = heard instanceof Float32Array ? [heard] : heard
  const length = Math.round(pieceSeconds * RATE)
  let best = 0
  for (let from = 0; from + length <= said.length; from += length) {
    const piece = said.subarray(from, from + length)
    const around = coarsely(phases[0]!, piece)
    for (const one of phases)
      for (let shift = around - 3; shift <= around + 3; shift++) best = Math.max(best, alike(one, piece, shift, 1))
  }
  return best
}

/** Where it is most alike, by every second sample of every second place. */
function coarsely(heard: Float32Array, piece: Float32Array): number {
  let best = 0
  let at = 0
  for (let shift = 0; shift + piece.length < heard.length; shift += 2) {
    const found = alike(heard, piece, shift, 2)
    if (found <= best) continue
    best = found
    at = shift
  }
  return at
}

function alike(heard: Float32Array, piece: Float32Array, shift: number, step: number): number {
  if (shift < 0 || shift + piece.length > heard.length) return 0
  let both = 0
  let own = 1e-9
  let other = 1e-9
  for (let i = 0; i < piece.length; i += step) {
    const [a, b] = [heard[shift + i] as number, piece[i] as number]
    both += a * b
    own += b * b
    other += a * a
  }
  // What is nearly silent is like nothing.
  return other < own / 100 ? 0 : both / Math.sqrt(own * other)
}

/** At the rate of a telephone: the mean of what falls together. `late`: begun so much of a sample later. */
export function atTelephoneRate(all: Float32Array, rate: number, late = 0): Float32Array {
  const step = rate / RATE
  const samples = all.subarray(Math.round(late * step))
  return Float32Array.from({ length: Math.floor(samples.length / step) }, (_, i) => {
    const [from, to] = [Math.floor(i * step), Math.max(Math.floor(i * step) + 1, Math.floor((i + 1) * step))]
    let sum = 0
    for (let at = from; at < to; at++) sum += samples[at] as number
    return sum / (to - from)
  })
}

/** A file that Chromium takes for a microphone, over and over. */
export function wavOf(samples: Float32Array, rate: number): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + 2 * samples.length, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(2 * rate, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(2 * samples.length, 40)
  const body = Buffer.from(Int16Array.from(samples, (x) => Math.round(x * 32767)).buffer)
  return Buffer.concat([header, body])
}
