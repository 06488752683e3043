/** The outline of a recording: fifty times a second the lowest and the highest of either channel, and what a screen draws of it. */
import { FRAME_BYTES, MULAW_TO_LINEAR } from '@earshot/voice/g711'

/** `peaks.bin`: "PEAK", version, channels, how many a second, how many; then four bytes each: low and high of both channels. */
export const PEAKS_HEAD = 12
const VERSION = 1
/** Of twelve hours, and a little. */
export const PEAKS_MOST = 10 * 1024 * 1024
const PER_SECOND = 50
const EACH = 4

/** Takes interleaved μ-law in pieces of any length. */
export class PeakMeter {
  #peaks = Buffer.alloc(PER_SECOND * EACH * 60)
  #count = 0
  #inFrame = 0
  readonly #now = new Int16Array(EACH)

  take(sound: Uint8Array): void {
    for (let i = 0; i < sound.length; i++) {
      const channel = this.#inFrame & 1
      const level = MULAW_TO_LINEAR[sound[i]!]! >> 8
      if (level < this.#now[channel * 2]!) this.#now[channel * 2] = level
      if (level > this.#now[channel * 2 + 1]!) this.#now[channel * 2 + 1] = level
      if (++this.#inFrame === FRAME_BYTES * 2) this.#close()
    }
  }

  #close(): void {
    const at = this.#count * EACH
    if (at === this.#peaks.length) this.#peaks = Buffer.concat([this.#peaks, Buffer.alloc(at)])
    for (let i = 0; i < EACH; i++) this.#peaks.writeInt8(this.#now[i]!, at + i)
    this.#count++
    this.#inFrame = 0
    this.#now.fill(0)
  }

  finish(): Buffer {
    if (this.#inFrame > 0) this.#close()
    const head = Buffer.alloc(PEAKS_HEAD)
    head.write('PEAK', 0, 'latin1')
    head.writeUInt8(VERSION, 4)
    head.writeUInt8(2, 5)
    head.writeUInt16LE(PER_SECOND, 6)
    head.writeUInt32LE(this.#count, 8)
    return Buffer.concat([head, this.#peaks.subarray(0, this.#count * EACH)])
  }
}

export interface Outline {
  /** 0…127, how far from silence at most in each column. */
  contact: number[]
  ours: number[]
}

/** Undefined for what is no outline of ours. */
export function reducePeaks(file: Buffer, columns: number): Outline | undefined {
  if (file.toString('latin1', 0, 4) !== 'PEAK' || file[4] !== VERSION) return undefined
  const count = Math.min(file.readUInt32LE(8), Math.floor((file.length - PEAKS_HEAD) / EACH))
  const wide = Math.min(columns, count)
  const outline: Outline = { contact: new Array(wide).fill(0), ours: new Array(wide).fill(0) }
  for (let column = 0; column < wide; column++) {
    const to = Math.floor(((column + 1) * count) / wide)
    for (let i = Math.floor((column * count) / wide); i < to; i++) {
      const at = PEAKS_HEAD + i * EACH
      outline.contact[column] = Math.max(outline.contact[column]!, levelAt(file, at))
      outline.ours[column] = Math.max(outline.ours[column]!, levelAt(file, at + 2))
    }
  }
  return outline
}

export interface Stretch {
  fromMs: number
  toMs: number
}

const FRAME_MS = 1000 / PER_SECOND
/** Quieter than this, of 127, nobody speaks; nor far below the loudest of the call. */
const QUIET = 4
const OF_LOUDEST = 0.1
/** A pause shorter than this is inside a sentence; what is shorter than that is a click. */
const PAUSE = 700 / FRAME_MS
const CLICK = 160 / FRAME_MS
const AROUND = 160 / FRAME_MS
const LONGEST = 25_000 / FRAME_MS

/** Where one side speaks, by its loudness. */
export function stretchesOf(file: Buffer, channel: 0 | 1): Stretch[] {
  const count = Math.max(0, Math.floor((file.length - PEAKS_HEAD) / EACH))
  const levels = Array.from({ length: count }, (_, i) => levelAt(file, PEAKS_HEAD + i * EACH + channel * 2))
  const enough = Math.max(QUIET, levels.reduce((most, level) => Math.max(most, level), 0) * OF_LOUDEST)
  const found: [from: number, to: number][] = []
  for (const [i, level] of levels.entries()) {
    if (level < enough) continue
    const last = found.at(-1)
    if (last && i - last[1] <= PAUSE && i - last[0] < LONGEST) last[1] = i + 1
    else found.push([i, i + 1])
  }
  return found
    .filter(([from, to]) => to - from >= CLICK)
    .map(([from, to]) => ({
      fromMs: Math.max(0, from - AROUND) * FRAME_MS,
      toMs: Math.min(count, to + AROUND) * FRAME_MS,
    }))
}

const levelAt = (file: Buffer, at: number): number => Math.min(127, Math.max(-file.readInt8(at), file.readInt8(at + 1)))
