/** Briefs: what a person reads before their first word. Written from the conversation only; every line names the entries it rests on. */
import { z } from 'zod'
import { Tone } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { Id, IdParams, UtcTime } from './text.ts'

const Positions = z
  .array(z.int().positive())
  .min(1)
  .meta({ description: 'The entries that say it; the first one is where a click leads.' })

export const BriefLine = z
  .object({
    text: z.string(),
    quoted: z
      .boolean()
      .meta({ description: 'Words of the contact or of the answerer as they stand; else a sentence about them.' }),
    positions: Positions,
  })
  .meta({ id: 'BriefLine' })
export type BriefLine = z.infer<typeof BriefLine>

export const Brief = z
  .object({
    conversationId: Id,
    writtenFor: z.enum(['handoff', 'take_over', 'request']),
    reason: z.string().nullable().meta({ description: 'Why a human was asked for.' }),
    writtenBy: z.object({
      kind: z.enum(['embedded', 'model']),
      agent: z.string().nullable(),
      model: z.string().nullable(),
    }),
    refining: z.boolean().meta({ description: 'A model is still to put it into better words.' }),
    throughPosition: z.int().nonnegative().meta({ description: 'The last entry that was read.' }),
    language: z.string(),
    who: z.object({
      name: z.string().nullable(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      conversations: z.int().positive().meta({ description: 'How many they have had, this one included.' }),
      known: z.array(z.object({ key: z.string(), value: z.string(), positions: Positions })),
    }),
    wants: z.array(BriefLine),
    answered: z.array(BriefLine),
    functions: z.array(
      z.object({
        name: z.string(),
        status: z.enum(['ok', 'error', 'running', 'refused']),
        result: z.string().nullable(),
        position: z.int().positive(),
      }),
    ),
    articles: z.array(z.object({ id: Id, title: z.string(), position: z.int().positive() })),
    open: z.array(BriefLine),
    promised: z.array(BriefLine),
    tone: z.object({
      value: Tone.nullable(),
      direction: z.enum(['up', 'flat', 'down']),
      positions: z.array(z.int().positive()),
    }),
    tokens: z.object({ input: z.int().nonnegative(), output: z.int().nonnegative() }),
    costUsd: z.number().nonnegative(),
    writtenAt: UtcTime,
  })
  .meta({ id: 'Brief' })
export type Brief = z.infer<typeof Brief>

export const getBrief = endpoint({
  id: 'briefs.get',
  method: 'GET',
  path: '/api/v1/conversations/:id/brief',
  summary: 'Read the brief for the person who steps in',
  access: { role: 'viewer', scope: 'conversations:read' },
  params: IdParams,
  reply: Brief,
  errors: ['conversation.not_found', 'brief.not_found'],
})

export const writeBrief = endpoint({
  id: 'briefs.write',
  method: 'POST',
  path: '/api/v1/conversations/:id/brief',
  summary: 'Write the brief again from everything said so far',
  access: { role: 'operator', scope: 'conversations:write' },
  params: IdParams,
  reply: Brief,
  status: 201,
  errors: ['conversation.not_found'],
  repeatsSafely: true,
})
