/**
 * Writes one call's sound: left the caller, right whoever had the floor, a frame of both each tick, appended once a second. What could not
 * be written is silence of the right length when it is read: the call never waits for the disk.
 */
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { FRAME_BYTES, MULAW_SILENCE, type Speaker } from '@earshot/voice'
import { replaceFile } from '../files.ts'
import { indexPath, type RecordingIndex, readIndex, segmentPath, TICK_BYTES } from './index-file.ts'

/** A second. */
const TICKS_AT_ONCE = 50
const RETRY_TICKS = 100
/** Seconds that may wait for a slow disk. */
const MOST_WAITING = 30

export type RecordingState = 'on' | 'off' | 'paused' | 'failed'

export interface RecorderOptions {
  folder: string
  call: string
  startedAt: number
  /** Where the call is now: a restarted hub goes on in a new file. */
  tick: number
  on: boolean
  onState(state: RecordingState): void
}

export class Recorder {
  readonly folder: string
  readonly #index: RecordingIndex
  readonly #onState: (state: RecordingState) => void
  #state: RecordingState
  #wanted: 'on' | 'off' | 'paused'
  #buffer = Buffer.alloc(TICKS_AT_ONCE * TICK_BYTES)
  #filled = 0
  /** The tick that comes next. */
  #tick: number
  #file: FileHandle | null = null
  #waiting: Buffer[] = []
  #writing: Promise<void> | null = null
  #retryAt = 0
  #isIndexStale = false

  constructor({ folder, call, startedAt, tick, on, onState }: RecorderOptions) {
    this.folder = folder
    this.#onState = onState
    this.#tick = tick
    this.#state = this.#wanted = on ? 'on' : 'off'
    this.#index = readIndex(folder) ?? { call, startedAt, segments: [], speakers: [], gaps: [], endTick: null }
    for (const span of [...this.#index.speakers, ...this.#index.gaps]) span.to ??= tick
    if (on) this.#begin(tick)
  }

  get state(): RecordingState {
    return this.#state
  }

  get index(): RecordingIndex {
    return this.#index
  }

  write(tick: number, caller: Uint8Array, speaker: Uint8Array): void {
    if (this.#wanted === 'off') {
      this.#tick = tick + 1
      return
    }
    if (this.#state === 'failed') return void this.#retry(tick)
    // Ticks the hub left out, when it was late: silence of their length.
    while (this.#tick < tick) this.#add(null, null)
    if (this.#wanted === 'paused') this.#add(null, null)
    else this.#add(caller, speaker)
  }

  /** Who speaks from this tick on. */
  speaker(tick: number, speaker: Speaker, user: string | null): void {
    const last = this.#index.speakers.at(-1)
    if (last && last.to === null) last.to = tick
    this.#index.speakers.push({ from: tick, to: null, speaker, user })
    this.#keepIndex()
  }

  /** Pauses, goes on, or begins what was off. */
  set(on: boolean, tick: number): void {
    if (on && this.#wanted === 'off') this.#begin(tick)
    if (on === (this.#wanted === 'on') || (!on && this.#wanted === 'off')) return
    this.#wanted = on ? 'on' : 'paused'
    this.#closeGap('paused', tick)
    if (!on) this.#index.gaps.push({ from: tick, to: null, why: 'paused' })
    this.#keepIndex()
    if (this.#state !== 'failed') this.#turn(this.#wanted)
  }

  /** What was said up to now is in the file when this resolves. */
  async flush(): Promise<void> {
    if (this.#wanted === 'off' && this.#filled === 0) return
    this.#hand()
    await this.#writing
  }

  async finish(tick: number): Promise<void> {
    for (const span of [...this.#index.speakers, ...this.#index.gaps]) span.to ??= tick
    await this.flush()
    this.#index.endTick = tick
    this.#keepIndex()
    await this.#file?.close().catch(() => {})
    this.#file = null
  }

  /** The hub stops and the call may come again to its successor. */
  async close(): Promise<void> {
    await this.flush()
    await this.#file?.close().catch(() => {})
    this.#file = null
  }

  #begin(tick: number): void {
    this.#tick = tick
    this.#filled = 0
    const n = (this.#index.segments.at(-1)?.n ?? 0) + 1
    this.#index.segments.push({ n, startTick: tick })
    this.#file = null
    this.#keepIndex()
  }

  #add(caller: Uint8Array | null, speaker: Uint8Array | null): void {
    const { buffer } = { buffer: this.#buffer }
    let at = this.#filled
    if (caller === null || speaker === null) buffer.fill(MULAW_SILENCE, at, at + TICK_BYTES)
    else {
      for (let i = 0; i < FRAME_BYTES; i++) {
        buffer[at++] = caller[i] as number
        buffer[at++] = speaker[i] as number
      }
    }
    this.#filled += TICK_BYTES
    this.#tick++
    if (this.#filled === buffer.length) this.#hand()
  }

  /** Gives what is collected to the disk; the next second collects into a new buffer meanwhile. */
  #hand(): void {
    if (this.#filled > 0) {
      this.#waiting.push(this.#buffer.subarray(0, this.#filled))
      this.#buffer = Buffer.alloc(TICKS_AT_ONCE * TICK_BYTES)
      this.#filled = 0
    }
    if (this.#isIndexStale) this.#keepIndex()
    if (this.#waiting.length > MOST_WAITING) return void this.#fail()
    this.#writing ??= this.#drain().finally(() => {
      this.#writing = null
    })
  }

  async #drain(): Promise<void> {
    try {
      while (this.#waiting[0]) {
        this.#file ??= await this.#open()
        const bytes = this.#waiting[0]
        let done = 0
        while (done < bytes.length) {
          const { bytesWritten } = await this.#file.write(bytes, done)
          if (bytesWritten === 0) throw new Error('nothing could be written')
          done += bytesWritten
        }
        this.#waiting.shift()
      }
      if (this.#retryAt !== 0) {
        this.#retryAt = 0
        this.#closeGap('disk', this.#index.segments.at(-1)?.startTick ?? this.#tick)
        this.#keepIndex()
        this.#turn(this.#wanted)
      }
    } catch {
      this.#fail()
    }
  }

  async #open(): Promise<FileHandle> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    return await open(segmentPath(this.folder, this.#index.segments.at(-1)?.n ?? 1), 'a', 0o600)
  }

  /** The disk is full or gone: said once, tried again every two seconds in a new file. */
  #fail(): void {
    const lost = this.#waiting.reduce((ticks, bytes) => ticks + bytes.length / TICK_BYTES, 0)
    const from = this.#tick - this.#filled / TICK_BYTES - lost
    this.#waiting = []
    this.#filled = 0
    void this.#file?.close().catch(() => {})
    this.#file = null
    if (!this.#index.gaps.some((gap) => gap.why === 'disk' && gap.to === null)) {
      this.#index.gaps.push({ from: Math.max(0, from), to: null, why: 'disk' })
    }
    this.#retryAt = this.#tick + RETRY_TICKS
    this.#keepIndex()
    if (this.#state !== 'failed') this.#turn('failed')
  }

  #retry(tick: number): void {
    if (this.#writing) return
    if (this.#state === 'failed' && tick < this.#retryAt) return
    // Collected without a word; it is `on` again when the first second of it is on the disk.
    if (this.#filled === 0) this.#begin(tick)
    this.#add(null, null)
    if (this.#filled >= TICK_BYTES) this.#hand()
  }

  #turn(state: RecordingState): void {
    if (state === this.#state) return
    this.#state = state
    this.#onState(state)
  }

  #closeGap(why: 'paused' | 'disk', tick: number): void {
    for (const gap of this.#index.gaps) if (gap.why === why && gap.to === null) gap.to = tick
  }

  #keepIndex(): void {
    try {
      replaceFile(indexPath(this.folder), JSON.stringify(this.#index))
      this.#isIndexStale = false
    } catch {
      this.#isIndexStale = true
    }
  }
}
