/** The thread that makes an MP3 and an outline of a recording: sound comes in pieces, and each is answered with what it became. */
import { parentPort } from 'node:worker_threads'
import { mulawToLinear } from '@earshot/voice/g711'
import { createMp3Encoder } from 'wasm-media-encoders'
import { MP3_KBITS, MP3_RATE } from './info-frame.ts'
import { PeakMeter } from './peaks.ts'
import { Upsampler } from './upsample.ts'

/** Null ends it. */
export type ToThread = Uint8Array | null
export type FromThread = { mp3: Uint8Array; peaks?: Uint8Array }

const encoder = await createMp3Encoder()
encoder.configure({ channels: 2, sampleRate: MP3_RATE, bitrate: MP3_KBITS })
const meter = new PeakMeter()
const channels = [new Upsampler(), new Upsampler()] as const

/** Of pieces that end between two channels, the odd byte waits. */
let odd: Uint8Array = new Uint8Array()

function split(piece: Uint8Array): [Float32Array, Float32Array] {
  const linear = mulawToLinear(piece)
  const half = linear.length / 2
  const [left, right] = [new Float32Array(half), new Float32Array(half)]
  for (let i = 0; i < half; i++) {
    left[i] = linear[2 * i]! / 32768
    right[i] = linear[2 * i + 1]! / 32768
  }
  return [left, right]
}

function encode(piece: Uint8Array): Uint8Array {
  meter.take(piece)
  const whole = Buffer.concat([odd, piece])
  const even = whole.length - (whole.length % 2)
  odd = whole.subarray(even)
  const [left, right] = split(whole.subarray(0, even))
  // What the encoder gives stays its own: it is copied.
  return encoder.encode([channels[0].take(left), channels[1].take(right)]).slice()
}

function finish(): FromThread {
  const last = encoder.encode([channels[0].flush(), channels[1].flush()]).slice()
  return { mp3: Buffer.concat([last, encoder.finalize()]), peaks: meter.finish() }
}

parentPort?.on('message', (piece: ToThread) => {
  parentPort?.postMessage(piece === null ? finish() : { mp3: encode(piece) })
  if (piece === null) parentPort?.close()
})
