/** Finds by loudness when somebody begins and stops to speak: for recognisers that want turns cut for them, and to fall silent early. */
import { FRAME_BYTES, FRAME_MS, levelOf } from '@earshot/voice'

export interface TurnEvents {
  /** Speech is there for certain; it began at this time. */
  start(atMs: number): void
  /** Silence has lasted as long as the agent's document says. */
  end(atMs: number): void
}

/** Nothing quieter is speech, however quiet the line. */
const LEAST_LEVEL = 0.01
/** Speech is this much louder than the line's own noise. */
const ABOVE_NOISE = 3
/** Of the last frames so many must be loud: a click is one. */
const WINDOW = 10
const LOUD_TO_START = 7
/** The noise is taken anew from the quietest frame of so many. */
const NOISE_FRAMES = 150

export class TurnTaking {
  private readonly endpointMs: number
  private readonly events: TurnEvents
  private recent: boolean[] = []
  private rest = new Uint8Array(0)
  private noise = LEAST_LEVEL / ABOVE_NOISE
  private quietest = 1
  private counted = 0
  private lastLoudMs = 0
  private firstLoudMs: number | null = null
  speaking = false

  constructor(endpointMs: number, events: TurnEvents) {
    this.endpointMs = endpointMs
    this.events = events
  }

  /** `ms`: when this sound ended. */
  hear(sound: Uint8Array, ms: number): void {
    const all = this.rest.length > 0 ? Buffer.concat([this.rest, sound]) : sound
    const frames = Math.floor(all.length / FRAME_BYTES)
    for (let i = 0; i < frames; i++) {
      const frame = all.subarray(i * FRAME_BYTES, (i + 1) * FRAME_BYTES)
      this.frame(levelOf(frame), ms - (frames - i - 1) * FRAME_MS)
    }
    this.rest = Uint8Array.from(all.subarray(frames * FRAME_BYTES))
  }

  private frame(level: number, ms: number): void {
    this.follow(level)
    const isLoud = level > Math.max(LEAST_LEVEL, this.noise * ABOVE_NOISE)
    this.recent.push(isLoud)
    if (this.recent.length > WINDOW) this.recent.shift()
    if (isLoud) {
      this.lastLoudMs = ms
      this.firstLoudMs ??= ms - FRAME_MS
    }
    if (this.speaking) {
      if (ms - this.lastLoudMs < this.endpointMs) return
      this.speaking = false
      this.firstLoudMs = null
      this.events.end(this.lastLoudMs)
      return
    }
    const loud = this.recent.filter(Boolean).length
    if (loud === 0) this.firstLoudMs = null
    if (loud < LOUD_TO_START) return
    this.speaking = true
    this.events.start(this.firstLoudMs ?? ms)
  }

  /** The line's noise: the quietest of the last seconds, so that a loud line is not taken for speech for ever. */
  private follow(level: number): void {
    this.quietest = Math.min(this.quietest, level)
    this.counted++
    if (this.counted < NOISE_FRAMES) return
    this.noise = Math.min(0.05, this.quietest)
    this.quietest = 1
    this.counted = 0
  }
}
