/** What speaks the audio interface of OpenAI: their service, and many that run on one's own machine. */
import { z } from 'zod'
import type { OutboundFetch } from '../../platform/outbound-http.ts'
import { addressOf } from './address.ts'
import { bodyOf } from './body-of.ts'
import { refusedBy, troubleOf } from './provider-trouble.ts'
import { toTelephone } from './resample.ts'
import {
  type ListenOptions,
  type Segment,
  type SpeakOptions,
  SpeechFailed,
  type Stt,
  type SttEvents,
  type SttStream,
  type Tts,
} from './speech.ts'
import { mulawWav } from './wav.ts'

export const OPENAI = 'https://api.openai.com'
export const OPENAI_STT = 'gpt-4o-mini-transcribe'
export const OPENAI_TTS = 'gpt-4o-mini-tts'
export const OPENAI_VOICE = 'alloy'
/** Its `pcm` is this, whatever the model. */
const PCM_RATE = 24_000

export interface OpenAiParts {
  baseUrl: string
  key: string | null
  model: string
  fetch: OutboundFetch
}

const NAME = 'The speech provider'

async function post(parts: OpenAiParts, path: string, init: RequestInit, signal: AbortSignal): Promise<Response> {
  const headers = {
    ...(init.headers as Record<string, string>),
    ...(parts.key && { authorization: `Bearer ${parts.key}` }),
  }
  const answer = await parts
    .fetch(addressOf(parts.baseUrl, path), { ...init, method: 'POST', headers, signal })
    .catch((error: unknown) => {
      signal.throwIfAborted()
      throw troubleOf(NAME, error)
    })
  if (!answer.ok) {
    await answer.body?.cancel()
    throw refusedBy(NAME, answer.status)
  }
  return answer
}

export class OpenAiTts implements Tts {
  readonly name = 'openai'
  readonly key: string
  private readonly parts: OpenAiParts

  constructor(parts: OpenAiParts) {
    this.parts = parts
    this.key = `openai ${parts.baseUrl} ${parts.model}`
  }

  async *speak(text: string, { voice, speed, signal }: SpeakOptions): AsyncGenerator<Uint8Array> {
    const body = {
      model: this.parts.model,
      voice: voice ?? OPENAI_VOICE,
      input: text,
      response_format: 'pcm',
      ...(speed !== 1 && { speed }),
    }
    const headers = { 'content-type': 'application/json' }
    const answer = await post(this.parts, '/v1/audio/speech', { headers, body: JSON.stringify(body) }, signal)
    // A server that knows no `pcm` sends something with a head, which would be noise.
    const type = answer.headers.get('content-type') ?? ''
    if (/mpeg|ogg|wav|json|html/.test(type)) {
      await answer.body?.cancel()
      throw new SpeechFailed('settings', `${NAME} answers with ${type.split(';')[0]} where pcm was asked for.`)
    }
    yield* toTelephone(bodyOf(NAME, answer, signal), PCM_RATE)
  }
}

const Verbose = z.object({
  text: z.string(),
  language: z.string().optional(),
  segments: z.array(z.object({ start: z.number(), end: z.number(), text: z.string() })).optional(),
})

export class OpenAiStt implements Stt {
  readonly name = 'openai'
  readonly findsTurns = false
  private readonly parts: OpenAiParts

  constructor(parts: OpenAiParts) {
    this.parts = parts
  }

  /** Turns are cut by whoever writes: `finalize` sends what was written since the last one. */
  open(options: ListenOptions, events: Partial<SttEvents>): SttStream {
    const parts = this.parts
    const over = new AbortController()
    let turn: Uint8Array[] = []
    let turnFrom = 0
    let written = 0
    let chain = Promise.resolve()
    return {
      write(sound) {
        turn.push(sound)
        written += sound.length
      },
      rest() {},
      finalize() {
        const sound = Buffer.concat(turn)
        const startMs = turnFrom / 8
        const endMs = written / 8
        turn = []
        turnFrom = written
        if (sound.length === 0) return
        // One after the other, so that what was said first is written first.
        chain = chain.then(async () => {
          try {
            const { text, language } = await transcribe(parts, mulawWav(sound), options.language, over.signal)
            if (text.trim() !== '') events.final?.({ text: text.trim(), startMs, endMs, language })
          } catch (error) {
            if (!over.signal.aborted) events.error?.(troubleOf(NAME, error))
          }
        })
      },
      close: () => over.abort(),
    }
  }

  async file(sound: Uint8Array, options: { language?: string | undefined; signal: AbortSignal }): Promise<Segment[]> {
    const { text, segments } = await transcribe(this.parts, sound, options.language, options.signal)
    const found = segments ?? [{ text, start: 0, end: 0 }]
    return found.map(({ start, end, text: said }) => ({
      text: said.trim(),
      startMs: Math.round(start * 1000),
      endMs: Math.round(end * 1000),
      channel: 0,
    }))
  }
}

async function transcribe(
  parts: OpenAiParts,
  sound: Uint8Array,
  language: string | undefined,
  signal: AbortSignal,
): Promise<z.infer<typeof Verbose>> {
  const form = new FormData()
  const type = sound[0] === 0x52 ? 'audio/wav' : 'audio/mpeg'
  form.set('file', new Blob([Uint8Array.from(sound)], { type }), type === 'audio/wav' ? 'sound.wav' : 'sound.mp3')
  form.set('model', parts.model)
  if (language) form.set('language', language.slice(0, 2).toLowerCase())
  // Only whisper tells when something was said.
  const isWhisper = parts.model.includes('whisper')
  form.set('response_format', isWhisper ? 'verbose_json' : 'json')
  if (isWhisper) form.append('timestamp_granularities[]', 'segment')
  const answer = await post(parts, '/v1/audio/transcriptions', { body: form }, signal)
  const parsed = Verbose.safeParse(await answer.json().catch(() => null))
  if (!parsed.success) throw new SpeechFailed('provider', `${NAME} answered with something that is no transcript.`)
  return parsed.data
}
