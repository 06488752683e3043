/** Deepgram: live listening over its WebSocket with telephone sound as it comes, recordings and voices over HTTP. */
import type { WebSocket } from 'ws'
import { z } from 'zod'
import type { OutboundFetch } from '../../platform/outbound-http.ts'
import type { OutboundSocket } from '../../platform/outbound-socket.ts'
import { addressOf } from './address.ts'
import { bodyOf } from './body-of.ts'
import { refusedBy, troubleOf } from './provider-trouble.ts'
import {
  type HeardWords,
  type ListenOptions,
  type Segment,
  type SpeakOptions,
  SpeechFailed,
  type Stt,
  type SttEvents,
  type SttStream,
  type Tts,
} from './speech.ts'

export const DEEPGRAM = 'https://api.deepgram.com'
export const DEEPGRAM_MODEL = 'nova-3'
export const DEEPGRAM_VOICE = 'aura-2-thalia-en'

export interface DeepgramParts {
  baseUrl: string
  key: string
  model: string
  fetch: OutboundFetch
  socket: OutboundSocket
}

const Alternative = z.object({
  transcript: z.string(),
  confidence: z.number().optional(),
  languages: z.array(z.string()).optional(),
})
const Message = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('Results'),
    start: z.number(),
    duration: z.number(),
    is_final: z.boolean().default(false),
    speech_final: z.boolean().default(false),
    from_finalize: z.boolean().default(false),
    channel: z.object({ alternatives: z.array(Alternative).default([]) }),
  }),
  z.object({ type: z.literal('SpeechStarted'), timestamp: z.number() }),
  z.object({ type: z.literal('UtteranceEnd'), last_word_end: z.number() }),
  z.object({ type: z.literal('Metadata') }),
  z.object({ type: z.literal('Error'), description: z.string().optional() }),
])
type Message = z.infer<typeof Message>

/** Without sound it hangs up after ten seconds. */
const KEEP_ALIVE_MS = 4000
/** Sound kept while the connection comes up: five seconds. */
const MOST_HELD = 40_000

export class DeepgramStt implements Stt {
  readonly name = 'deepgram'
  readonly findsTurns = true
  private readonly parts: DeepgramParts

  constructor(parts: DeepgramParts) {
    this.parts = parts
  }

  open(options: ListenOptions, events: Partial<SttEvents>): SttStream {
    return new DeepgramStream(this.parts, options, events)
  }

  async file(sound: Uint8Array, options: { language?: string | undefined; signal: AbortSignal }): Promise<Segment[]> {
    const url = addressOf(this.parts.baseUrl, '/v1/listen')
    const wanted = { model: this.parts.model, punctuate: 'true', utterances: 'true', multichannel: 'true' }
    for (const [name, value] of Object.entries(wanted)) url.searchParams.set(name, value)
    languageInto(url, options.language)
    const answer = await ask(this.parts, url, sound, 'application/octet-stream', options.signal)
    const parsed = Recording.safeParse(await answer.json().catch(() => null))
    if (!parsed.success) throw new SpeechFailed('provider', 'Deepgram answered with something that is no transcript.')
    return parsed.data.results.utterances.map(({ transcript, start, end, confidence, channel }) => ({
      text: transcript,
      startMs: Math.round(start * 1000),
      endMs: Math.round(end * 1000),
      confidence,
      channel,
    }))
  }
}

const Recording = z.object({
  results: z.object({
    utterances: z
      .array(
        z.object({
          transcript: z.string(),
          start: z.number(),
          end: z.number(),
          confidence: z.number().optional(),
          channel: z.int().default(0),
        }),
      )
      .default([]),
  }),
})

/** Words between two ends of a turn come in several final pieces; they are one utterance. */
class DeepgramStream implements SttStream {
  private readonly events: Partial<SttEvents>
  private socket: WebSocket | undefined
  private held: Uint8Array[] = []
  private heldBytes = 0
  private readonly beat: NodeJS.Timeout
  private lastSent = performance.now()
  private closed = false
  private settled: HeardWords | undefined

  constructor(parts: DeepgramParts, options: ListenOptions, events: Partial<SttEvents>) {
    this.events = events
    const headers = { authorization: `Token ${parts.key}` }
    parts.socket(listenAddress(parts, options), { headers }).then(
      (socket) => this.onOpen(socket),
      (error) => this.fail(troubleOf('Deepgram', error)),
    )
    this.beat = setInterval(() => this.keepAlive(), KEEP_ALIVE_MS / 2)
    this.beat.unref()
  }

  write(sound: Uint8Array): void {
    if (this.closed || sound.length === 0) return
    if (!this.socket) {
      this.held.push(sound)
      this.heldBytes += sound.length
      while (this.heldBytes > MOST_HELD) this.heldBytes -= this.held.shift()!.length
      return
    }
    this.lastSent = performance.now()
    this.socket.send(sound, { binary: true })
  }

  rest(): void {
    this.keepAlive()
  }

  finalize(): void {
    this.say('Finalize')
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    clearInterval(this.beat)
    const { socket } = this
    if (!socket) return
    this.say('CloseStream')
    // It sends what it still has, then hangs up.
    setTimeout(() => socket.terminate(), 3000).unref()
  }

  private onOpen(socket: WebSocket): void {
    if (this.closed) {
      socket.terminate()
      return
    }
    this.socket = socket
    socket.on('message', (data, isBinary) => !isBinary && this.onMessage(String(data)))
    socket.on('close', () => this.fail(new SpeechFailed('provider', 'Deepgram ended the connection.')))
    for (const sound of this.held.splice(0)) this.write(sound)
  }

  private say(type: 'KeepAlive' | 'Finalize' | 'CloseStream'): void {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify({ type }))
  }

  private keepAlive(): void {
    if (performance.now() - this.lastSent < KEEP_ALIVE_MS) return
    this.lastSent = performance.now()
    this.say('KeepAlive')
  }

  private onMessage(text: string): void {
    const parsed = Message.safeParse(jsonOf(text))
    if (!parsed.success) return
    const message: Message = parsed.data
    if (message.type === 'Results') this.onResults(message)
    else if (message.type === 'SpeechStarted') this.events.speechStart?.(Math.round(message.timestamp * 1000))
    else if (message.type === 'UtteranceEnd') this.endTurn(Math.round(message.last_word_end * 1000))
    else if (message.type === 'Error') this.fail(new SpeechFailed('provider', 'Deepgram reports an error.'))
  }

  private onResults(results: Extract<Message, { type: 'Results' }>): void {
    const best = results.channel.alternatives[0]
    const text = best?.transcript.trim() ?? ''
    const startMs = Math.round(results.start * 1000)
    const endMs = Math.round((results.start + results.duration) * 1000)
    const before = this.settled
    if (text !== '') {
      const words: HeardWords = {
        text: before ? `${before.text} ${text}` : text,
        startMs: before?.startMs ?? startMs,
        endMs,
        confidence: best?.confidence,
        language: best?.languages?.[0],
      }
      if (results.is_final) this.settled = words
      this.events.partial?.(words)
    }
    if (results.speech_final || results.from_finalize) this.endTurn(endMs)
  }

  private endTurn(atMs: number): void {
    const words = this.settled
    this.settled = undefined
    this.events.speechEnd?.(atMs)
    if (words) this.events.final?.(words)
  }

  private fail(error: SpeechFailed): void {
    const wasOver = this.closed
    this.closed = true
    clearInterval(this.beat)
    this.socket?.terminate()
    if (!wasOver) this.events.error?.(error)
  }
}

function listenAddress(parts: DeepgramParts, options: ListenOptions): string {
  const url = addressOf(parts.baseUrl, '/v1/listen')
  const wanted: Record<string, string> = {
    model: parts.model,
    encoding: 'mulaw',
    sample_rate: '8000',
    channels: '1',
    interim_results: 'true',
    punctuate: 'true',
    smart_format: 'true',
    vad_events: 'true',
    endpointing: String(options.endpointMs),
    utterance_end_ms: String(Math.max(1000, options.endpointMs)),
  }
  for (const [name, value] of Object.entries(wanted)) url.searchParams.set(name, value)
  languageInto(url, options.language)
  for (const term of options.terms ?? []) url.searchParams.append('keyterm', term)
  return url.href.replace(/^http/, 'ws')
}

const languageInto = (url: URL, language: string | undefined): void =>
  url.searchParams.set('language', language ?? 'multi')

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function ask(
  parts: Pick<DeepgramParts, 'fetch' | 'key'>,
  url: URL,
  body: Uint8Array | string,
  type: string,
  signal: AbortSignal,
): Promise<Response> {
  const headers = { authorization: `Token ${parts.key}`, 'content-type': type }
  const answer = await parts
    .fetch(url, { method: 'POST', headers, body: body as NonNullable<RequestInit['body']>, signal })
    .catch((error: unknown) => {
      signal.throwIfAborted()
      throw troubleOf('Deepgram', error)
    })
  if (!answer.ok) {
    await answer.body?.cancel()
    throw refusedBy('Deepgram', answer.status)
  }
  return answer
}

export class DeepgramTts implements Tts {
  readonly name = 'deepgram'
  readonly key: string
  private readonly parts: DeepgramParts

  constructor(parts: DeepgramParts) {
    this.parts = parts
    this.key = `deepgram ${parts.baseUrl} ${parts.model}`
  }

  async *speak(text: string, { voice, signal }: SpeakOptions): AsyncGenerator<Uint8Array> {
    const url = addressOf(this.parts.baseUrl, '/v1/speak')
    const wanted = { model: voice ?? this.parts.model, encoding: 'mulaw', sample_rate: '8000', container: 'none' }
    for (const [name, value] of Object.entries(wanted)) url.searchParams.set(name, value)
    const answer = await ask(this.parts, url, JSON.stringify({ text }), 'application/json', signal)
    yield* bodyOf('Deepgram', answer, signal)
  }
}
