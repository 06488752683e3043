/** Who turns words into sound and sound into words for a workspace's calls. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { name, text } from './text.ts'

const address = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .nullable()
  .meta({ examples: ['https://speech.example.com'] })
const key = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[\x21-\x7e]+$/, 'letters, digits and signs of ASCII')
  .nullable()
  .optional()
  .meta({ description: 'Write-only, sealed. Left out: the one that is kept stays; null: none.' })
const model = name(100).nullable()
const price = z.number().min(0).max(1000).nullable()

export const Recogniser = z.enum(['none', 'deepgram', 'openai']).meta({ id: 'Recogniser' })
export type Recogniser = z.infer<typeof Recogniser>
export const Synthesizer = z
  .enum(['espeak', 'deepgram', 'openai'])
  .meta({ id: 'Synthesizer', description: '`espeak` needs no provider and no network.' })
export type Synthesizer = z.infer<typeof Synthesizer>

const recogniser = {
  provider: Recogniser,
  model: model.meta({ description: 'Null: the usual one.' }),
  pricePerMinute: price.meta({ description: 'US dollars; null: it is not counted.' }),
}
const synthesizer = {
  provider: Synthesizer,
  model: model.meta({ description: 'Null: the usual one.' }),
  voice: model.meta({ description: 'Of agents that name none.' }),
  pricePerThousand: price.meta({ description: 'US dollars a thousand letters; null: it is not counted.' }),
}

export const SpeechSettings = z
  .object({
    recogniser: z.object(recogniser),
    synthesizer: z.object(synthesizer),
    deepgram: z.object({ baseUrl: address, hasKey: z.boolean() }),
    openai: z.object({ baseUrl: address, hasKey: z.boolean() }),
    offline: z
      .object({ available: z.boolean(), from: z.enum(['package', 'program']).nullable(), voices: z.array(z.string()) })
      .meta({ description: 'The voice that needs no provider.' }),
  })
  .meta({ id: 'SpeechSettings' })
export type SpeechSettings = z.infer<typeof SpeechSettings>

export const SpeechDraft = z
  .strictObject({
    recogniser: z.strictObject(recogniser),
    synthesizer: z.strictObject(synthesizer),
    deepgram: z.strictObject({ baseUrl: address, key }),
    openai: z.strictObject({ baseUrl: address, key }),
  })
  .meta({
    id: 'SpeechDraft',
    examples: [
      {
        recogniser: { provider: 'none', model: null, pricePerMinute: null },
        synthesizer: { provider: 'espeak', model: null, voice: 'f2', pricePerThousand: null },
        deepgram: { baseUrl: null },
        openai: { baseUrl: null },
      },
    ],
  })
export type SpeechDraft = z.input<typeof SpeechDraft>

/** One attempt at a provider, as it went. */
export const SpeechAttempt = z
  .object({
    ok: z.boolean(),
    detail: z.string().meta({ description: 'What happened, and what to do about it.' }),
    tookMs: z.int().nonnegative(),
  })
  .meta({ id: 'SpeechAttempt' })
export type SpeechAttempt = z.infer<typeof SpeechAttempt>

const admin = { role: 'admin', scope: 'admin' } as const

export const getSpeech = endpoint({
  id: 'voice.getSpeech',
  method: 'GET',
  path: '/api/v1/voice/speech',
  summary: 'Read who listens and who speaks on calls',
  access: admin,
  reply: SpeechSettings,
})

export const setSpeech = endpoint({
  id: 'voice.setSpeech',
  method: 'PUT',
  path: '/api/v1/voice/speech',
  summary: 'Choose who listens and who speaks on calls',
  access: admin,
  body: SpeechDraft,
  reply: SpeechSettings,
  errors: ['speech.key_missing', 'speech.address_refused'],
})

export const testSpeech = endpoint({
  id: 'voice.testSpeech',
  method: 'POST',
  path: '/api/v1/voice/speech/test',
  summary: 'Have a sentence spoken, and have it written down again, by the stored providers',
  access: admin,
  reply: z.object({
    speak: SpeechAttempt,
    listen: SpeechAttempt.nullable().meta({ description: 'Null: there is no recogniser.' }),
  }),
})

export const sayAloud = endpoint({
  id: 'voice.say',
  method: 'POST',
  path: '/api/v1/voice/speech/say',
  summary: 'Hear a sentence as callers would: a WAV of telephone quality',
  access: { role: 'supervisor', scope: null },
  body: z
    .strictObject({
      text: text(300).min(1),
      voice: model.default(null),
      language: z.string().max(20).default('en'),
      speed: z.number().min(0.5).max(2).default(1),
    })
    .meta({ examples: [{ text: 'Hello, how can I help you?' }] }),
  reply: z.object({
    audio: z.base64().meta({ description: 'A WAV, 8,000 samples a second.' }),
    durationMs: z.int().nonnegative(),
  }),
  errors: ['speech.failed'],
})
