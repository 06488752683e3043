/** Voice messages and other sound of a conversation: what there is, its bytes, its outline. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { AuthorKind } from './entries.ts'
import { Id, IdParams, UtcTime } from './text.ts'

export const AudioMessage = z
  .object({
    id: Id.meta({ description: "The attachment's id." }),
    position: z.int().positive().meta({ description: 'The entry that carries it.' }),
    author: z.object({ kind: AuthorKind, name: z.string().nullable() }),
    at: UtcTime,
    name: z.string(),
    mediaType: z.string(),
    size: z.int().nonnegative(),
    durationMs: z.int().nonnegative().meta({ description: '0 until it is known.' }),
    codec: z.string().nullable(),
    channels: z.int().nullable(),
    state: z.enum(['ready', 'fetching', 'failed']).meta({
      description: 'Sound that was named by its address is fetched first; what cannot be fetched or read has failed.',
    }),
    url: z.string().meta({ description: 'Plays with Range once it is ready.' }),
  })
  .meta({ id: 'AudioMessage' })
export type AudioMessage = z.infer<typeof AudioMessage>

const read = { role: 'viewer', scope: 'conversations:read' } as const
const AudioParams = z.strictObject({ id: Id, audioId: Id })

export const listAudio = endpoint({
  id: 'conversations.listAudio',
  method: 'GET',
  path: '/api/v1/conversations/:id/audio',
  summary: 'List voice messages and other sound, oldest first',
  access: read,
  params: IdParams,
  reply: z.object({ items: z.array(AudioMessage) }),
  errors: ['conversation.not_found'],
})

/** Answers with the bytes; this description serves the docs. */
export const streamAudio = endpoint({
  id: 'conversations.streamAudio',
  method: 'GET',
  path: '/api/v1/conversations/:id/audio/:audioId',
  summary: 'Stream one piece of sound; a single `Range` is honoured',
  access: read,
  params: AudioParams,
  reply: z.unknown(),
  replyType: 'application/octet-stream',
  errors: ['audio.not_found', 'file.range'],
})

export const AudioPeaks = z
  .object({
    state: z.enum(['ready', 'waiting', 'none']).meta({
      description: '`waiting`: being made, ask again in a few seconds. `none`: this server cannot decode it.',
    }),
    peaks: z.array(z.int().min(0).max(255)).meta({ description: 'At most 600 columns from beginning to end.' }),
    durationMs: z.int().nonnegative(),
  })
  .meta({ id: 'AudioPeaks' })
export type AudioPeaks = z.infer<typeof AudioPeaks>

export const getAudioPeaks = endpoint({
  id: 'conversations.getAudioPeaks',
  method: 'GET',
  path: '/api/v1/conversations/:id/audio/:audioId/peaks',
  summary: 'Read the outline of one piece of sound',
  access: read,
  params: AudioParams,
  reply: AudioPeaks,
  errors: ['audio.not_found'],
})

/** One as it is, several as a zip. */
export const downloadAudio = endpoint({
  id: 'conversations.downloadAudio',
  method: 'GET',
  path: '/api/v1/conversations/:id/audio/download',
  summary:
    'Download all sound of a conversation, calls included: one file, or a zip of several; with a call as for its recording',
  access: read,
  params: IdParams,
  reply: z.unknown(),
  replyType: 'application/zip',
  errors: ['conversation.not_found', 'audio.not_found', 'audio.too_much'],
})
