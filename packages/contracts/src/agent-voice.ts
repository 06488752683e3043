/** How an agent sounds on calls, and who speaks for it there: a part of its document. */
import { z } from 'zod'
import { name, text } from './text.ts'

/**
 * `built_in`: what is said is written down, answered as in a chat, and spoken. `media_streams`: a bot elsewhere hears and speaks.
 * `openai_realtime`: a model of that interface hears and speaks.
 */
export const VoiceBy = z.enum(['built_in', 'media_streams', 'openai_realtime']).meta({ id: 'VoiceBy' })
export type VoiceBy = z.infer<typeof VoiceBy>

const VoiceBot = z.strictObject({
  url: z
    .url({ protocol: /^wss?$/ })
    .max(500)
    .meta({ examples: ['wss://bots.example.com/media'], description: 'It speaks the Media Streams protocol.' }),
  controlUrl: z
    .url({ protocol: /^wss?$/ })
    .max(500)
    .nullable()
    .default(null)
    .meta({ description: 'A second socket for words, functions and coaching; null: the bot knows none.' }),
  secret: name(100).nullable().default(null).meta({
    description: 'A secret of this agent, sent as `Authorization: Bearer`, and to its own host only.',
  }),
})

export const AgentVoice = z
  .strictObject({
    by: VoiceBy.default('built_in'),
    voice: name(100)
      .nullable()
      .default(null)
      .meta({ description: 'The speech provider’s name of it. Null: the usual one.' }),
    language: z
      .string()
      .max(20)
      .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language, such as en or de-AT')
      .nullable()
      .default(null)
      .meta({
        description: 'Spoken and listened for. Null: the first of the profile, else English.',
        examples: ['en'],
      }),
    speed: z.number().min(0.5).max(2).default(1),
    greeting: text(1000).default('').meta({ description: 'Said first. Empty: a short usual one.' }),
    bargeIn: z.boolean().default(true).meta({ description: 'Falls silent when the caller speaks.' }),
    endpointMs: z.int().min(200).max(3000).default(700).meta({
      description: 'Silence after which the caller is done, in milliseconds.',
    }),
    bot: VoiceBot.nullable().default(null),
    realtimeModel: name(100).nullable().default(null).meta({ description: 'Null: the usual one.' }),
  })
  .prefault({})
export type AgentVoice = z.output<typeof AgentVoice>
