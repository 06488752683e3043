/** So far: where a running conversation stands, read again with each message. The review says it better, later. */
import { z } from 'zod'
import { Emotion, Tone } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { Id, IdParams, UtcTime } from './text.ts'

export const SoFar = z
  .object({
    conversationId: Id,
    throughPosition: z.int().nonnegative().meta({ description: 'The last entry that was read.' }),
    line: z.string().nullable().meta({ description: 'In one line. Null before the contact wrote.' }),
    tone: Tone.nullable(),
    polarity: z.number().min(-1).max(1),
    direction: z.enum(['up', 'flat', 'down']),
    emotions: z.array(Emotion),
    messages: z
      .array(z.object({ position: z.int().positive(), polarity: z.number(), emotions: z.array(Emotion) }))
      .meta({ description: 'The newest of the contact, oldest first.' }),
    risk: z.enum(['none', 'watch', 'high']),
    risks: z.array(
      z.object({
        code: z.string(),
        severity: z.enum(['info', 'review', 'urgent']),
        reason: z.string(),
        positions: z.array(z.int().positive()),
      }),
    ),
    language: z.string().nullable(),
    readAt: UtcTime,
  })
  .meta({ id: 'SoFar' })
export type SoFar = z.infer<typeof SoFar>

export const getSoFar = endpoint({
  id: 'reviews.getSoFar',
  method: 'GET',
  path: '/api/v1/conversations/:id/so-far',
  summary: 'Read where a running conversation stands',
  access: { role: 'viewer', scope: 'conversations:read' },
  params: IdParams,
  reply: z.object({
    soFar: SoFar.nullable().meta({ description: 'Null for history, and until somebody wrote.' }),
  }),
  errors: ['conversation.not_found'],
})
