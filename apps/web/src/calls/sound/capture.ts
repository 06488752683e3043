/** A microphone as the hub takes it: whatever the device's rate, frames of 20 ms in μ-law. No DOM: also the worklet's and the test's. */
import { encodeMulaw, FRAME_BYTES, RATE } from '@earshot/voice/g711'
import { Resampler } from './resampler.ts'

export class Capture {
  private readonly resampler: Resampler
  private frame = new Uint8Array(FRAME_BYTES)
  private filled = 0
  private sum = 0
  private readonly emit: (frame: Uint8Array<ArrayBuffer>, level: number) => void

  /** `level`: 0…1, as loud as the frame is. */
  constructor(rate: number, emit: (frame: Uint8Array<ArrayBuffer>, level: number) => void) {
    this.resampler = new Resampler(rate, RATE)
    this.emit = emit
  }

  push(sound: Float32Array): void {
    for (const sample of sound) {
      this.resampler.push(sample)
      while (this.resampler.ready) this.add(this.resampler.take())
    }
  }

  private add(sample: number): void {
    const clipped = Math.max(-1, Math.min(1, sample))
    this.sum += clipped * clipped
    this.frame[this.filled++] = encodeMulaw(Math.round(clipped * 32767))
    if (this.filled < FRAME_BYTES) return
    this.emit(this.frame, Math.sqrt(this.sum / FRAME_BYTES))
    this.frame = new Uint8Array(FRAME_BYTES)
    this.filled = 0
    this.sum = 0
  }
}
