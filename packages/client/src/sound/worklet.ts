/**
 * The two ends of a call on the browser's sound thread: `earshot-play` mixes both sides of frames into the loudspeaker, `earshot-capture`
 * cuts the microphone into frames of 20 ms. Built as a file of its own (worklet-url.ts); nothing else imports it.
 */
import { FRAME_BYTES, linearToMulaw, MULAW_TO_LINEAR, RATE } from '@earshot/voice/g711'
import { JitterBuffer } from './jitter-buffer.ts'
import { Resampler } from './resampler.ts'
import type { FromCapture, FromPlay, ToCapture, ToPlay } from './worklet-words.ts'

declare const sampleRate: number
declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void

/** Samples of the context's rate, in order. */
class Fifo {
  #pieces: Float32Array[] = []
  #at = 0
  length = 0

  push(piece: Float32Array): void {
    if (piece.length === 0) return
    this.#pieces.push(piece)
    this.length += piece.length
  }

  read(into: Float32Array): void {
    let done = 0
    while (done < into.length && this.#pieces.length > 0) {
      const piece = this.#pieces[0] as Float32Array
      const part = piece.subarray(this.#at, this.#at + into.length - done)
      into.set(part, done)
      done += part.length
      this.#at += part.length
      if (this.#at < piece.length) continue
      this.#pieces.shift()
      this.#at = 0
    }
    this.length -= done
  }
}

/** Told once a second how it goes. */
const TOLD_MS = 1000

class Play extends AudioWorkletProcessor {
  readonly #frames = new JitterBuffer<Extract<ToPlay, { t: 'frame' }>>()
  readonly #resampler = new Resampler(RATE, sampleRate)
  readonly #ready = new Fifo()
  #gain = { caller: 1, speaker: 1 }
  #toldAt = 0

  constructor() {
    super()
    this.port.onmessage = ({ data }: MessageEvent<ToPlay>) => {
      if (data.t === 'frame') this.#frames.push(data)
      else this.#gain = data
    }
  }

  process(_: Float32Array[][], outputs: Float32Array[][]): boolean {
    const channels = outputs[0] ?? []
    const [first] = channels
    if (!first) return true
    while (this.#ready.length < first.length) {
      const frame = this.#frames.take()
      if (!frame) break
      this.#ready.push(this.#resampler.push(this.#mix(frame)))
    }
    this.#ready.read(first)
    for (const channel of channels.slice(1)) channel.set(first)
    this.#tell()
    return true
  }

  #mix({ caller, speaker }: { caller: Uint8Array; speaker: Uint8Array }): Float32Array {
    const mixed = new Float32Array(FRAME_BYTES)
    for (let i = 0; i < FRAME_BYTES; i++) {
      const one = (MULAW_TO_LINEAR[caller[i] as number] as number) * this.#gain.caller
      const other = (MULAW_TO_LINEAR[speaker[i] as number] as number) * this.#gain.speaker
      mixed[i] = Math.max(-1, Math.min(1, (one + other) / 32768))
    }
    return mixed
  }

  #tell(): void {
    if (Date.now() - this.#toldAt < TOLD_MS) return
    this.#toldAt = Date.now()
    const { depth, underruns, dropped } = this.#frames
    this.port.postMessage({ depth, underruns, dropped } satisfies FromPlay)
  }
}

class Capture extends AudioWorkletProcessor {
  readonly #resampler = new Resampler(sampleRate, RATE)
  #frame = new Int16Array(FRAME_BYTES)
  #filled = 0
  #isOver = false

  constructor() {
    super()
    this.port.onmessage = ({ data }: MessageEvent<ToCapture>) => {
      this.#isOver = data.t === 'end'
    }
  }

  process(inputs: Float32Array[][]): boolean {
    const input = inputs[0]?.[0]
    if (input) for (const sample of this.#resampler.push(input)) this.#take(sample)
    return !this.#isOver
  }

  #take(sample: number): void {
    this.#frame[this.#filled++] = Math.max(-32768, Math.min(32767, Math.round(sample * 32767)))
    if (this.#filled < FRAME_BYTES) return
    this.#filled = 0
    const frame: FromCapture = new Uint8Array(linearToMulaw(this.#frame))
    this.port.postMessage(frame, [frame.buffer])
  }
}

registerProcessor('earshot-play', Play)
registerProcessor('earshot-capture', Capture)
