/** G.711: the two sound codings of the telephone network, 8,000 samples a second of one byte each. No DOM, no Node. */

/** Bytes, samples and milliseconds of the one frame everything is made of. */
export const FRAME_BYTES = 160
export const FRAME_MS = 20
export const RATE = 8000
/** Bytes of one millisecond of one channel: byte = ms × 8. */
export const BYTES_PER_MS = RATE / 1000

/** μ-law for no sound at all. */
export const MULAW_SILENCE = 0xff
export const ALAW_SILENCE = 0xd5

const BIAS = 0x84
const CLIP = 32635

/** One sample (−32,768…32,767) as μ-law, by ITU-T G.711. */
export function encodeMulaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS
  const exponent = Math.max(0, 24 - Math.clz32(magnitude))
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f
  return ~(sign | (exponent << 4) | mantissa) & 0xff
}

function decodeMulawByte(byte: number): number {
  const value = ~byte & 0xff
  const exponent = (value >> 4) & 0x07
  const magnitude = (((value & 0x0f) << 3) + BIAS) << exponent
  return value & 0x80 ? BIAS - magnitude : magnitude - BIAS
}

/** One sample (−32,768…32,767) as A-law, by ITU-T G.711. */
export function encodeAlaw(sample: number): number {
  const sign = sample < 0 ? 0 : 0x80
  const magnitude = Math.min(sample < 0 ? -sample - 1 : sample, 32767) >> 3
  const exponent = magnitude < 32 ? 0 : 27 - Math.clz32(magnitude)
  const mantissa = exponent === 0 ? magnitude >> 1 : magnitude >> exponent
  return (sign | (exponent << 4) | (mantissa & 0x0f)) ^ 0x55
}

function decodeAlawByte(byte: number): number {
  const value = byte ^ 0x55
  const exponent = (value >> 4) & 0x07
  const mantissa = value & 0x0f
  const magnitude = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1)
  return value & 0x80 ? magnitude : -magnitude
}

const table = (decode: (byte: number) => number): Int16Array =>
  Int16Array.from({ length: 256 }, (_, byte) => decode(byte))

/** The sample a byte stands for. */
export const MULAW_TO_LINEAR = table(decodeMulawByte)
export const ALAW_TO_LINEAR = table(decodeAlawByte)

const ALAW_TO_MULAW = Uint8Array.from(ALAW_TO_LINEAR, encodeMulaw)
const MULAW_TO_ALAW = Uint8Array.from(MULAW_TO_LINEAR, encodeAlaw)

const mapped = (map: Uint8Array) => (bytes: Uint8Array) => {
  const out = new Uint8Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) out[i] = map[bytes[i] as number] as number
  return out
}
/** PCMA of a trunk as the PCMU everything inside speaks, and back. */
export const alawToMulaw = mapped(ALAW_TO_MULAW)
export const mulawToAlaw = mapped(MULAW_TO_ALAW)

export function mulawToLinear(bytes: Uint8Array): Int16Array {
  const out = new Int16Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) out[i] = MULAW_TO_LINEAR[bytes[i] as number] as number
  return out
}

export function linearToMulaw(samples: Int16Array): Uint8Array {
  const out = new Uint8Array(samples.length)
  for (let i = 0; i < samples.length; i++) out[i] = encodeMulaw(samples[i] as number)
  return out
}

/** Loudness of μ-law sound, 0…1: the root mean square, 1 being as loud as can be. */
export function levelOf(bytes: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < bytes.length; i++) {
    const sample = MULAW_TO_LINEAR[bytes[i] as number] as number
    sum += sample * sample
  }
  return bytes.length === 0 ? 0 : Math.sqrt(sum / bytes.length) / 32768
}
