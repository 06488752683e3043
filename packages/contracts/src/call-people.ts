/** Calls and the people who take them: a first call to try everything, and what is left to do after one. */
import { z } from 'zod'
import { Call, CallTicket } from './calls.ts'
import { endpoint } from './endpoint.ts'
import { Done, Id, IdParams, name, text, UtcTime } from './text.ts'

/** What only a signed-in person can do: somebody hears or speaks. */
const person = { role: 'operator', scope: null } as const

export const getCallMedia = endpoint({
  id: 'calls.getMedia',
  method: 'GET',
  path: '/api/v1/calls/media',
  summary: 'Read where sound goes, and who writes down what is said',
  access: person,
  reply: z.object({
    url: z
      .string()
      .nullable()
      .meta({ description: 'The WebSocket for sound, without a token. Null: no media hub runs.' }),
    recogniser: z.boolean().meta({
      description: 'Whether speech is written down; else words of a first call are spoken for the caller, as a script.',
    }),
  }),
})

export const tryCall = endpoint({
  id: 'calls.try',
  method: 'POST',
  path: '/api/v1/calls/try',
  summary: 'Call an agent from this browser, as a contact would; the same key again gets the same call',
  access: person,
  body: z.strictObject({ key: Id, channelId: Id }),
  reply: z.object({ call: Call, ticket: CallTicket.nullable() }),
  errors: ['channel.not_found', 'call.unreachable'],
})

export const sayOnTriedCall = endpoint({
  id: 'calls.sayOnTried',
  method: 'POST',
  path: '/api/v1/calls/try/:id/say',
  summary: 'Say something on one’s own first call by typing it: a synthesized voice speaks it for the caller',
  access: person,
  params: IdParams,
  body: z.strictObject({
    text: name(400),
    part: z
      .enum(['sound', 'words'])
      .meta({ description: 'First the sound, to be played into the call; then, when it has been, the words it was.' }),
  }),
  reply: z.object({
    sound: z.string().nullable().meta({ description: 'μ-law, 8 kHz, in base64. Null: no voice could speak it.' }),
  }),
  errors: ['call.not_found', 'call.not_now'],
})

export const WrapUp = z
  .object({
    callId: Id,
    conversationId: Id,
    name: z.string().nullable().meta({ description: 'Of the contact.' }),
    number: z.string().nullable(),
    endedAt: UtcTime,
    state: z.enum(['open', 'later']),
  })
  .meta({ id: 'CallWrapUp' })
export type WrapUp = z.infer<typeof WrapUp>

export const listWrapUps = endpoint({
  id: 'calls.listWrapUps',
  method: 'GET',
  path: '/api/v1/calls/wrap-ups',
  summary: 'List the calls of the last day that the signed-in operator has spoken on and not yet wrapped up',
  access: person,
  reply: z.object({ items: z.array(WrapUp) }),
})

export const putWrapUp = endpoint({
  id: 'calls.putWrapUp',
  method: 'PUT',
  path: '/api/v1/calls/wrap-ups/:id',
  summary: 'Say that a call is wrapped up, put off, or needs no wrap-up; the id is the call’s',
  access: person,
  params: IdParams,
  body: z.strictObject({
    state: z.enum(['saved', 'skipped', 'later']),
    note: text(4000).default(''),
    promises: z
      .array(z.strictObject({ text: name(400), done: z.boolean() }))
      .max(20)
      .default([]),
  }),
  reply: Done,
  errors: ['call.not_found'],
})
