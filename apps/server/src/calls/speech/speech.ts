/** What every speech provider is to us: sound becomes words, words become sound (voice.md §7). Sound is telephone μ-law inside Earshot. */

/** How live sound comes to a recogniser. */
export interface ListenOptions {
  /** BCP 47; undefined lets the provider decide. */
  language?: string | undefined
  /** Silence after which a turn is over, in milliseconds. */
  endpointMs: number
  /** Names and words of the company that are easily misheard. */
  terms?: readonly string[]
}

export interface HeardWords {
  text: string
  /** Milliseconds of the sound that was written to this stream. */
  startMs: number
  endMs: number
  confidence?: number | undefined
  language?: string | undefined
}

export interface SttEvents {
  /** The whole of the utterance so far; may change. */
  partial(words: HeardWords): void
  final(words: HeardWords): void
  /** Only from recognisers that find the turns themselves. */
  speechStart(atMs: number): void
  speechEnd(atMs: number): void
  /** The stream is over; nothing follows. */
  error(error: SpeechFailed): void
}

/** One voice being listened to. */
export interface SttStream {
  /** μ-law, 8,000 a second, any length. */
  write(sound: Uint8Array): void
  /** Nobody speaks on purpose: keeps the stream open without sound. */
  rest(): void
  /** What was written so far is all of the utterance: its final words are due now. */
  finalize(): void
  close(): void
}

export interface Segment extends HeardWords {
  channel: number
}

export interface Stt {
  readonly name: string
  /** True: it tells when speech starts and ends; false: it wants turns that were cut for it. */
  readonly findsTurns: boolean
  open(options: ListenOptions, events: Partial<SttEvents>): SttStream
  /** A whole recording, WAV or MP3. */
  file(sound: Uint8Array, options: { language?: string | undefined; signal: AbortSignal }): Promise<Segment[]>
}

export interface SpeakOptions {
  /** The provider's name of a voice; null takes its usual one. */
  voice: string | null
  language: string
  /** 1 is usual. */
  speed: number
  signal: AbortSignal
}

export interface Tts {
  readonly name: string
  /** Tells apart what sounds different: provider, address and model. */
  readonly key: string
  /** μ-law at 8,000 a second, the first of it as soon as there is any. Throws `SpeechFailed`, or the signal's reason. */
  speak(text: string, options: SpeakOptions): AsyncIterable<Uint8Array>
}

/** `settings`: a person has to change something. `provider`: it may work again later. */
export type SpeechTrouble = 'settings' | 'provider' | 'missing'

export class SpeechFailed extends Error {
  override name = 'SpeechFailed'
  readonly trouble: SpeechTrouble

  constructor(trouble: SpeechTrouble, message: string) {
    super(message)
    this.trouble = trouble
  }
}
