/** Recordings of calls: what there is, its sound, its outline, and the sound of single messages. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, IdParams, UtcTime } from './text.ts'

/** Whose voice a stretch of our channel is; the contact has a channel of their own. */
export const RecordedVoice = z.enum(['caller', 'ai', 'supervisor', 'human', 'external']).meta({ id: 'RecordedVoice' })
export type RecordedVoice = z.infer<typeof RecordedVoice>

const ms = z.int().nonnegative()

const STATES = ['recording', 'processing', 'ready', 'failed', 'none', 'removed'] as const

export const CallRecording = z
  .object({
    callId: Id,
    calls: z
      .array(z.object({ id: Id, startedAt: UtcTime, state: z.enum(STATES), durationMs: ms }))
      .meta({ description: 'All calls of the conversation that are over, oldest first.' }),
    state: z.enum(STATES).meta({
      description:
        '`recording`: the call goes on. `processing`: being brought here and encoded. `none`: nothing was recorded. `removed`: it was, and is no more.',
    }),
    reason: z
      .enum(['unreachable', 'lost', 'incomplete', 'store', 'encoding', 'switched_off', 'not_answered', 'retention'])
      .nullable()
      .meta({
        description:
          'Why it failed (it is tried again while it is `processing`), why there is none, or why it was removed.',
      }),
    progress: z.int().min(0).max(100),
    durationMs: ms,
    recordedAt: UtcTime.nullable().meta({ description: 'When its clock began.' }),
    removedAt: UtcTime.nullable(),
    expiresAt: UtcTime.nullable().meta({ description: 'When the workspace’s rules remove it.' }),
    demo: z.boolean().meta({ description: 'Voices are synthesized.' }),
    sizes: z.object({ mp3: ms, original: ms }).meta({ description: 'Bytes; 0 while there is none.' }),
    speakers: z
      .array(
        z.object({
          fromMs: ms,
          toMs: ms,
          speaker: z.enum(['hold', 'ai', 'supervisor', 'human', 'external']),
          person: z.object({ id: Id, name: z.string() }).nullable(),
        }),
      )
      .meta({ description: 'Who had the floor when: whose voice the second channel is.' }),
    gaps: z
      .array(z.object({ fromMs: ms, toMs: ms, why: z.enum(['lost', 'paused', 'disk']) }))
      .meta({ description: 'Silence that is none: paused on purpose, or not recorded.' }),
    utterances: z
      .array(
        z.object({
          position: z.int().positive().meta({ description: 'The entry that says it.' }),
          voice: RecordedVoice,
          startMs: ms,
          endMs: ms,
        }),
      )
      .meta({ description: 'In the order in which they begin.' }),
    words: z.enum(['spoken', 'transcribing', 'transcribed', 'failed', 'none']).meta({
      description:
        'Where the transcript comes from: written down while it was spoken, or from the recording afterwards by the speech service. `none`: there is no service that could.',
    }),
  })
  .meta({ id: 'CallRecording' })
export type CallRecording = z.infer<typeof CallRecording>

const read = { role: 'viewer', scope: 'conversations:read' } as const
/** As taking out transcripts and exports. */
const take = { role: 'supervisor', scope: 'conversations:read' } as const

const errors = ['conversation.not_found', 'call.not_found'] as const
const bytes = { reply: z.unknown() } as const

/** Of several calls in one conversation `call` names one; without it the last. */
const which = { call: Id.optional() }

export const getCallRecording = endpoint({
  id: 'conversations.getCallRecording',
  method: 'GET',
  path: '/api/v1/conversations/:id/call/recording',
  summary: 'Read what is known of the recording of a call',
  access: read,
  params: IdParams,
  query: z.strictObject(which),
  reply: CallRecording,
  errors,
})

export const streamCallRecording = endpoint({
  id: 'conversations.streamCallRecording',
  method: 'GET',
  path: '/api/v1/conversations/:id/call/recording/audio',
  summary: 'Play the recording of a call: stereo, the contact left; a single `Range` is honoured',
  access: read,
  params: IdParams,
  query: z.strictObject(which),
  ...bytes,
  replyType: 'audio/mpeg',
  errors: [...errors, 'call.no_recording', 'file.range'],
})

export const downloadCallRecording = endpoint({
  id: 'conversations.downloadCallRecording',
  method: 'GET',
  path: '/api/v1/conversations/:id/call/recording/download',
  summary: 'Take the recording out: as MP3, or the original; goes into the audit log',
  access: take,
  params: IdParams,
  query: z.strictObject({
    ...which,
    format: z.enum(['mp3', 'original']).default('mp3').meta({ description: '`original`: WAV, two channels of μ-law.' }),
  }),
  ...bytes,
  replyType: 'application/octet-stream',
  errors: [...errors, 'call.no_recording', 'file.range'],
})

export const RecordingOutline = z
  .object({
    durationMs: ms,
    contact: z.array(z.int().min(0).max(127)).meta({ description: 'How loud at most, in each column.' }),
    ours: z.array(z.int().min(0).max(127)),
  })
  .meta({ id: 'RecordingOutline' })
export type RecordingOutline = z.infer<typeof RecordingOutline>

export const getRecordingPeaks = endpoint({
  id: 'conversations.getRecordingPeaks',
  method: 'GET',
  path: '/api/v1/conversations/:id/call/recording/peaks',
  summary: 'Read the outline of a recording, as many columns as fit a screen',
  access: read,
  params: IdParams,
  query: z.strictObject({ ...which, columns: z.coerce.number().int().min(10).max(4000).default(1500) }),
  reply: RecordingOutline,
  errors: [...errors, 'call.no_recording'],
})

export const streamEntryAudio = endpoint({
  id: 'conversations.streamEntryAudio',
  method: 'GET',
  path: '/api/v1/conversations/:id/entries/:position/audio',
  summary: 'Play what one message of a call sounded like: its stretch of the recording, one channel, as WAV',
  access: read,
  params: z.strictObject({ id: Id, position: z.coerce.number().int().positive() }),
  ...bytes,
  replyType: 'audio/wav',
  errors: ['conversation.not_found', 'entry.not_found', 'call.no_recording', 'file.range'],
})

export const retryCallRecording = endpoint({
  id: 'conversations.retryCallRecording',
  method: 'POST',
  path: '/api/v1/conversations/:id/call/recording/retry',
  summary: 'Try once more to bring a recording here that failed',
  access: { role: 'supervisor', scope: 'conversations:write' },
  params: IdParams,
  query: z.strictObject(which),
  reply: CallRecording,
  errors,
  repeatsSafely: true,
})
