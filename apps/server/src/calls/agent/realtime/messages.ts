/** What goes to a model of OpenAI's Realtime interface and what comes from it, as far as calls use it (the GA form, not the beta's). */
import { z } from 'zod'

const item = z.object({ id: z.string().optional(), type: z.string(), name: z.string().optional() }).loose()

export const FromModel = z.discriminatedUnion('type', [
  z.object({ type: z.literal('session.created') }),
  z.object({ type: z.literal('session.updated') }),
  z.object({ type: z.literal('input_audio_buffer.speech_started'), item_id: z.string() }),
  z.object({ type: z.literal('input_audio_buffer.speech_stopped'), item_id: z.string() }),
  z.object({
    type: z.literal('conversation.item.input_audio_transcription.delta'),
    item_id: z.string(),
    delta: z.string().default(''),
  }),
  z.object({
    type: z.literal('conversation.item.input_audio_transcription.completed'),
    item_id: z.string(),
    transcript: z.string(),
  }),
  z.object({ type: z.literal('response.created'), response: z.object({ id: z.string() }) }),
  z.object({ type: z.literal('response.output_item.added'), item }),
  z.object({ type: z.literal('response.output_audio.delta'), item_id: z.string(), delta: z.base64() }),
  z.object({ type: z.literal('response.output_audio.done'), item_id: z.string() }),
  z.object({ type: z.literal('response.output_audio_transcript.delta'), item_id: z.string(), delta: z.string() }),
  z.object({ type: z.literal('response.output_audio_transcript.done'), item_id: z.string(), transcript: z.string() }),
  z.object({
    type: z.literal('response.function_call_arguments.done'),
    item_id: z.string(),
    call_id: z.string(),
    name: z.string().optional(),
    arguments: z.string(),
  }),
  z.object({
    type: z.literal('response.done'),
    response: z.object({
      id: z.string().optional(),
      status: z.string().optional(),
      usage: z
        .object({ input_tokens: z.int().default(0), output_tokens: z.int().default(0) })
        .nullish()
        .default(null),
    }),
  }),
  z.object({
    type: z.literal('error'),
    error: z.object({ code: z.string().nullish(), type: z.string().optional() }).loose(),
  }),
])
export type FromModel = z.infer<typeof FromModel>

export interface SessionOptions {
  instructions: string
  voice: string | null
  speed: number
  language: string | undefined
  endpointMs: number
  bargeIn: boolean
  tools: { name: string; description: string; parameters: object }[]
}

const MULAW = { type: 'audio/pcmu' }

export const sessionUpdate = (given: SessionOptions) => ({
  type: 'session.update',
  session: {
    type: 'realtime',
    instructions: given.instructions,
    output_modalities: ['audio'],
    audio: {
      input: {
        format: MULAW,
        transcription: {
          model: 'gpt-4o-mini-transcribe',
          ...(given.language && { language: given.language.slice(0, 2) }),
        },
        turn_detection: {
          type: 'server_vad',
          silence_duration_ms: given.endpointMs,
          create_response: true,
          interrupt_response: given.bargeIn,
        },
      },
      output: { format: MULAW, voice: given.voice ?? 'marin', speed: Math.min(1.5, given.speed) },
    },
    tools: given.tools.map((tool) => ({ type: 'function', ...tool })),
    tool_choice: 'auto',
  },
})

/** A line only the model reads. */
export const systemItem = (text: string) => ({
  type: 'conversation.item.create',
  item: { type: 'message', role: 'system', content: [{ type: 'input_text', text }] },
})

export const functionOutput = (callId: string, output: string) => ({
  type: 'conversation.item.create',
  item: { type: 'function_call_output', call_id: callId, output },
})
