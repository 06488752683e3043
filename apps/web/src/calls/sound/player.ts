/** What a listener hears: frames as they come, evened out, both parties added, at the rate of the device. No DOM: also the worklet's and the test's. */
import { readDownFrame } from '@earshot/voice/frames'
import { FRAME_BYTES, MULAW_TO_LINEAR, RATE } from '@earshot/voice/g711'
import { Resampler } from './resampler.ts'

/** Frames that wait before sound begins, and again after it ran dry. */
const TARGET = 3
/** More than so many are late by more than anybody should hear: back to the target. */
const MOST = 12
/** Two clocks never run alike. So far off, and only then, it is played a little faster or slower. */
const SLACK = 2
const NUDGE = 0.003
/** Of the mean depth, what each frame counts. */
const CALM = 0.02

export class Player {
  underruns = 0
  dropped = 0
  private readonly resampler: Resampler
  private readonly pace: number
  private readonly frames: Float32Array[] = []
  private place = 0
  private isFilling = true
  private depth = TARGET
  private lastTick = -1

  constructor(rate: number) {
    this.resampler = new Resampler(RATE, rate)
    this.pace = this.resampler.step
  }

  /** A frame of the socket; what is none, or was here before, is left out. */
  push(bytes: Uint8Array): void {
    const frame = readDownFrame(bytes)
    if (!frame || frame.tick <= this.lastTick) return
    this.lastTick = frame.tick
    const sound = new Float32Array(FRAME_BYTES)
    for (let i = 0; i < FRAME_BYTES; i++) {
      const caller = frame.callerPresent ? (MULAW_TO_LINEAR[frame.callerSound[i]!] as number) : 0
      const speaker = frame.speakerPresent ? (MULAW_TO_LINEAR[frame.speakerSound[i]!] as number) : 0
      sound[i] = Math.max(-1, Math.min(1, (caller + speaker) / 32768))
    }
    this.frames.push(sound)
    if (this.frames.length > MOST) {
      this.dropped += this.frames.splice(0, this.frames.length - TARGET).length
      this.place = 0
      this.depth = TARGET
    }
    this.follow()
  }

  /** A new socket counts its frames from anywhere. */
  restart(): void {
    this.frames.length = 0
    this.place = 0
    this.isFilling = true
    this.lastTick = -1
  }

  fill(out: Float32Array): void {
    for (let i = 0; i < out.length; i++) {
      while (!this.resampler.ready) this.resampler.push(this.next())
      out[i] = this.resampler.take()
    }
  }

  /** Waiting frames, for those who look into it. */
  get waiting(): number {
    return this.frames.length
  }

  private next(): number {
    if (this.isFilling) {
      if (this.frames.length < TARGET) return 0
      this.isFilling = false
    }
    const frame = this.frames[0]
    if (!frame) {
      this.underruns++
      this.isFilling = true
      this.depth = TARGET
      return 0
    }
    const sample = frame[this.place] as number
    if (++this.place === frame.length) {
      this.frames.shift()
      this.place = 0
    }
    return sample
  }

  private follow(): void {
    if (this.isFilling) return
    this.depth += (this.frames.length - this.depth) * CALM
    const off = this.depth - TARGET
    this.resampler.step = this.pace * (Math.abs(off) <= SLACK ? 1 : off > 0 ? 1 + NUDGE : 1 - NUDGE)
  }
}
