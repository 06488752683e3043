/** A visitor's call from the chat: what the widget asks and hears under `/widget/v1/voice`. The words of a call are entries of the chat. */
import { z } from 'zod'
import { Id, UtcTime } from './text.ts'
import { VisitorConversation } from './visitors.ts'
import { VisitorKey } from './visits.ts'

/** How a call stands, in words for who called. Nothing of supervisors: who listens in is no business of this API. */
export const VisitorCall = z
  .object({
    id: Id,
    state: z
      .enum(['ringing', 'agent', 'person', 'waiting', 'outside', 'ended'])
      .meta({ description: 'Who is spoken with; `outside`: it was, or is being, passed on to somebody else’s phone.' }),
    name: z.string().nullable().meta({ description: 'Of the agent, or of the person.' }),
    position: z.int().positive().nullable().meta({ description: 'In the queue, while waiting.' }),
    recording: z.enum(['on', 'paused', 'off']),
    startedAt: UtcTime,
    answeredAt: UtcTime.nullable(),
    endedAt: UtcTime.nullable(),
    end: z.enum(['you', 'us', 'lost', 'failed']).nullable().meta({ description: 'Whose act, or what, ended it.' }),
  })
  .meta({ id: 'VisitorCall' })
export type VisitorCall = z.infer<typeof VisitorCall>

/** `POST /widget/v1/voice`; the same `key` again, or any while a call runs, gets that call. */
export const StartVoice = z.strictObject({
  key: Id,
  page: z.string().max(2000).optional(),
  locale: z.string().max(35).optional(),
  visitor: VisitorKey.optional(),
})
export const VoiceStarted = z.object({
  call: VisitorCall,
  conversation: VisitorConversation,
  mediaUrl: z
    .string()
    .nullable()
    .meta({ description: 'The WebSocket for sound, token included; again after a cut. Null: it is over.' }),
})
export type VoiceStarted = z.infer<typeof VoiceStarted>

/** `GET /widget/v1/voice`: the call that runs, else the one that ended within the last minutes. */
export const VoiceNow = z.object({
  call: VisitorCall.nullable(),
  notice: z
    .object({
      recorded: z.boolean(),
      text: z.string().meta({ description: 'The workspace’s own words; empty: none.' }),
    })
    .meta({ description: 'To be shown before the microphone is asked for.' }),
})
export type VoiceNow = z.infer<typeof VoiceNow>
