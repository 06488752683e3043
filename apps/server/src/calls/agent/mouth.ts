/** Says sentences one after the other: synthesized ahead of time, played at the hub's pace, told when each was heard. */
import type { Logger } from 'pino'
import { SpeechFailed, type Tts } from '../speech/index.ts'
import type { Line } from './line.ts'

/** A sentence, and what became of it. */
export interface Saying {
  text: string
  /** Called once: the recording's time of what was heard; null when nothing of it was. */
  over(heard: { startMs: number; endMs: number; whole: boolean } | null): void
  /** Null until it has been synthesized. */
  soundMs: number | null
}

export interface VoiceOf {
  tts: Tts
  voice: string | null
  language: string
  speed: number
  log: Logger
  /** Letters that were synthesized, for the bill. */
  onLetters(count: number): void
  /** Speaks when `tts` cannot. */
  fallback: Tts | null
  /** Nothing can be said any more. */
  onLost(): void
}

/** How much of a sentence went out, and from when on it is heard. */
interface Out {
  bytes: number
  beganMs: number
}

/** A mark that never comes back would keep an agent silent for ever. */
const LOST_MARK_MS = 15_000
const FIRST_SOUND_MS = 8000

export class Mouth {
  private readonly line: Line
  private readonly voice: VoiceOf
  private readonly queue: Saying[] = []
  private readonly marked = new Map<string, { saying: Saying; timer: NodeJS.Timeout }>()
  private current: AbortController | undefined
  private counter = 0
  private endsMs = 0
  private quiet: (() => void)[] = []

  constructor(line: Line, voice: VoiceOf) {
    this.line = line
    this.voice = voice
  }

  /** Something is being said, or about to be. */
  get isSpeaking(): boolean {
    return this.current !== undefined || this.queue.length > 0 || this.marked.size > 0
  }

  say(saying: Saying): void {
    this.queue.push(saying)
    if (!this.current) void this.run()
  }

  /** At once: what waits is not said, and what the hub still has is dropped. */
  stop(): void {
    const waiting = this.queue.splice(0)
    this.current?.abort()
    if (this.marked.size > 0 || this.current) this.line.clear()
    for (const saying of waiting) saying.over(null)
    this.settle()
  }

  /** The hub told of a mark. */
  played(mark: string, startMs: number | null, endMs: number | null, flushed: boolean): void {
    const found = this.marked.get(mark)
    if (!found) return
    clearTimeout(found.timer)
    this.marked.delete(mark)
    found.saying.over(startMs === null || endMs === null ? null : { startMs, endMs, whole: !flushed })
    this.settle()
  }

  /** Resolves when nothing more is being said. */
  silence(): Promise<void> {
    if (!this.isSpeaking) return Promise.resolve()
    return new Promise((resolve) => void this.quiet.push(resolve))
  }

  close(): void {
    this.stop()
    for (const { saying, timer } of this.marked.values()) {
      clearTimeout(timer)
      saying.over(null)
    }
    this.marked.clear()
    this.settle()
  }

  private settle(): void {
    if (this.isSpeaking) return
    for (const resolve of this.quiet.splice(0)) resolve()
  }

  private async run(): Promise<void> {
    for (let saying = this.queue.shift(); saying; saying = this.queue.shift()) {
      const abort = new AbortController()
      this.current = abort
      await this.sayOne(saying, abort)
      this.current = undefined
    }
    this.settle()
  }

  private async sayOne(saying: Saying, abort: AbortController): Promise<void> {
    this.voice.onLetters(saying.text.length)
    const out = { bytes: 0, beganMs: 0 }
    try {
      await this.sound(this.voice.tts, saying, abort.signal, out)
    } catch (error) {
      if (!abort.signal.aborted) await this.sayOtherwise(saying, abort.signal, out, error)
    }
    saying.soundMs = out.bytes / 8
    this.settleOne(saying, abort.signal.aborted, out)
  }

  private async sound(tts: Tts, { text }: Saying, called: AbortSignal, out: Out): Promise<void> {
    const { voice, language, speed } = this.voice
    const late = new AbortController()
    const timer = setTimeout(
      () => late.abort(new SpeechFailed('provider', 'The voice did not begin in time.')),
      FIRST_SOUND_MS,
    )
    const signal = AbortSignal.any([called, late.signal])
    try {
      for await (const sound of tts.speak(text, { voice, language, speed, signal })) {
        clearTimeout(timer)
        // Sound that arrives in the same breath as the order to be silent is not said.
        if (called.aborted) return
        if (out.bytes === 0) out.beganMs = this.line.nowMs() + this.aheadMs()
        out.bytes += sound.length
        this.line.say(sound)
      }
    } finally {
      clearTimeout(timer)
    }
  }

  /** A caller would rather hear another voice than none. */
  private async sayOtherwise(saying: Saying, called: AbortSignal, out: Out, error: unknown): Promise<void> {
    const { fallback, log, onLost } = this.voice
    log.warn({ err: error }, 'a sentence could not be spoken')
    if (out.bytes > 0) return
    try {
      if (!fallback) throw error
      await this.sound(fallback, saying, called, out)
    } catch {
      if (!called.aborted) onLost()
    }
  }

  private settleOne(saying: Saying, isCalledOff: boolean, { bytes, beganMs }: Out): void {
    const endMs = Math.min(this.line.nowMs(), beganMs + bytes / 8)
    // Called off before it had a mark: what of it was played is known by the clock only.
    if (isCalledOff && endMs > beganMs && bytes > 0)
      saying.over({ startMs: Math.round(beganMs), endMs: Math.round(endMs), whole: false })
    else if (bytes === 0 || isCalledOff) saying.over(null)
    else this.mark(saying, bytes / 8)
  }

  /** What the hub still has to play before anything new. */
  private aheadMs(): number {
    return this.marked.size === 0 ? 0 : Math.max(0, this.endsMs - this.line.nowMs())
  }

  private mark(saying: Saying, soundMs: number): void {
    const name = `said-${++this.counter}`
    this.endsMs = this.line.nowMs() + this.aheadMs() + soundMs
    const timer = setTimeout(() => this.played(name, null, null, true), this.endsMs - this.line.nowMs() + LOST_MARK_MS)
    timer.unref()
    this.marked.set(name, { saying, timer })
    this.line.mark(name)
  }
}
