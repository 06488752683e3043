/** Listens to one voice of a call: finds its turns, has them written down, and comes back when the recogniser is lost. */
import type { Logger } from 'pino'
import type { HeardWords, SpeechFailed, Stt, SttStream } from '../speech/index.ts'
import { TurnTaking } from './turn-taking.ts'

export interface EarsEvents {
  /** Somebody speaks for certain. */
  start(atMs: number): void
  partial(words: HeardWords): void
  final(words: HeardWords): void
  /** No recogniser could be reached again. */
  deaf(error: SpeechFailed): void
}

export interface EarsOptions {
  language: string | undefined
  endpointMs: number
  terms: readonly string[]
  log: Logger
}

const RETRIES_MS = [500, 2000, 5000]
/** Sound before speech is certain, which belongs to the first word. */
const BEFORE_BYTES = 8 * 500

export class Ears {
  private readonly stt: Stt | null
  private readonly options: EarsOptions
  private readonly events: EarsEvents
  private readonly turns: TurnTaking
  private stream: SttStream | undefined
  private written = 0
  /** Where the stream's clock lies on the recording's; sound that was left out moves it. */
  private offsetMs = 0
  private before: Uint8Array[] = []
  private beforeBytes = 0
  private failures = 0
  private retry: NodeJS.Timeout | undefined
  private closed = false

  constructor(stt: Stt | null, options: EarsOptions, events: EarsEvents) {
    this.stt = stt
    this.options = options
    this.events = events
    this.turns = new TurnTaking(options.endpointMs, {
      start: (atMs) => {
        this.events.start(atMs)
        if (this.stt && !this.stt.findsTurns) this.flushBefore()
      },
      end: () => {
        if (this.stt && !this.stt.findsTurns) this.stream?.finalize()
      },
    })
  }

  get isSpeaking(): boolean {
    return this.turns.speaking
  }

  /** `ms`: when it ended. */
  hear(sound: Uint8Array, ms: number): void {
    if (this.closed) return
    if (this.stt) {
      if (!this.stream && !this.retry) this.open(this.stt)
      if (this.stt.findsTurns || this.turns.speaking) this.write(sound, ms)
      else this.keepBefore(sound)
    }
    this.turns.hear(sound, ms)
  }

  close(): void {
    this.closed = true
    clearTimeout(this.retry)
    this.stream?.finalize()
    this.stream?.close()
  }

  private open(stt: Stt): void {
    this.written = 0
    const { language, endpointMs, terms } = this.options
    this.stream = stt.open(
      { language, endpointMs, terms },
      {
        partial: (words) => this.events.partial(this.placed(words)),
        final: (words) => {
          this.failures = 0
          this.events.final(this.placed(words))
        },
        speechStart: (atMs) => this.events.start(atMs + this.offsetMs),
        error: (error) => this.onError(stt, error),
      },
    )
  }

  private onError(stt: Stt, error: SpeechFailed): void {
    if (this.closed) return
    this.options.log.warn({ err: error, provider: stt.name }, 'a recogniser was lost in the middle of a call')
    const pauseMs = RETRIES_MS[this.failures++]
    if (pauseMs === undefined || error.trouble === 'settings') {
      this.closed = true
      this.stream?.close()
      this.events.deaf(error)
      return
    }
    if (!stt.findsTurns) return
    this.stream = undefined
    clearTimeout(this.retry)
    this.retry = setTimeout(() => {
      this.retry = undefined
      if (!this.closed) this.open(stt)
    }, pauseMs)
  }

  private write(sound: Uint8Array, ms: number): void {
    if (!this.stream) return
    const startsAt = ms - sound.length / 8
    const here = this.written / 8 + this.offsetMs
    if (this.written === 0 || startsAt - here > 200) this.offsetMs = startsAt - this.written / 8
    this.stream.write(sound)
    this.written += sound.length
  }

  private keepBefore(sound: Uint8Array): void {
    this.before.push(sound)
    this.beforeBytes += sound.length
    while (this.beforeBytes > BEFORE_BYTES) this.beforeBytes -= this.before.shift()!.length
  }

  private flushBefore(): void {
    for (const sound of this.before.splice(0)) {
      this.stream?.write(sound)
      this.written += sound.length
    }
    this.beforeBytes = 0
  }

  private placed(words: HeardWords): HeardWords {
    const move = (ms: number) => Math.max(0, Math.round(ms + this.offsetMs))
    return { ...words, startMs: move(words.startMs), endMs: move(words.endMs) }
  }
}
