/** What a workspace decides about its calls: recording, announcements, transfers, the queue; and whom calls may be transferred to. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Done, Id, IdParams, name, text } from './text.ts'
import { E164 } from './voice-lines.ts'

export const VoiceSettings = z
  .strictObject({
    record: z.boolean().meta({ description: 'Record calls, both sides on a channel of their own.' }),
    announcement: text(1000).meta({
      description: 'Said before anybody speaks, on lines that announce; empty: nothing.',
    }),
    listeningNotice: text(500).meta({
      description: 'Said after the announcement: that colleagues may listen; empty: nothing.',
    }),
    countries: z
      .array(z.string().regex(/^[A-Z]{2}$/, 'a country by its two letters, such as DE'))
      .max(250)
      .meta({
        examples: [['DE', 'AT']],
        description: 'Where calls may be transferred to; none: the countries of the own numbers.',
      }),
    transfersPerDay: z
      .int()
      .min(0)
      .max(10_000)
      .meta({ description: 'Attempts within 24 hours, all lines together; 0 forbids transfers.' }),
    queueAfterSeconds: z.int().min(10).max(3600).meta({ description: 'How long a caller waits for a person.' }),
    queueThen: z.enum(['agent', 'voicemail', 'callback']).meta({
      description: 'When nobody came: back to the agent, leave a message, or be called back.',
    }),
    maxMinutes: z.int().min(1).max(720).meta({ description: 'A call that lasts longer is ended.' }),
    recordingDays: z
      .int()
      .min(1)
      .max(3650)
      .nullable()
      .meta({ description: 'Recordings are deleted after this many days; null: with the conversation.' }),
  })
  .meta({ id: 'VoiceSettings' })
export type VoiceSettings = z.infer<typeof VoiceSettings>

const read = { role: 'operator', scope: 'control' } as const
const administer = { role: 'admin', scope: 'admin' } as const
const oneself = { role: 'operator', scope: null } as const

export const getVoiceSettings = endpoint({
  id: 'voice.getSettings',
  method: 'GET',
  path: '/api/v1/voice/settings',
  summary: 'Read the rules for calls',
  access: read,
  reply: VoiceSettings,
})
export const setVoiceSettings = endpoint({
  id: 'voice.setSettings',
  method: 'PUT',
  path: '/api/v1/voice/settings',
  summary: 'Set the rules for calls; calls that run keep theirs',
  access: administer,
  body: VoiceSettings,
  reply: VoiceSettings,
})

/** A saved contact's number, or address of SIP. */
export const CallAddress = z
  .union([E164, z.string().regex(/^sip:[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/)])
  .meta({ examples: ['sip:desk12@pbx.example.com'] })

const contact = {
  name: name(80).meta({ examples: ['Second level'] }),
  about: text(200).default(''),
  address: CallAddress,
  lineId: Id.nullable().default(null).meta({ description: 'The line they are dialled by; none: the call’s own.' }),
}

export const VoiceContact = z.object({ id: Id, ...contact }).meta({ id: 'VoiceContact' })
export type VoiceContact = z.infer<typeof VoiceContact>
export const VoiceContactDraft = z.strictObject(contact).meta({ id: 'VoiceContactDraft' })
export type VoiceContactDraft = z.infer<typeof VoiceContactDraft>

const refusals = ['voice_contact.name_taken', 'call.number_invalid', 'line.not_found'] as const

export const listVoiceContacts = endpoint({
  id: 'voice.listContacts',
  method: 'GET',
  path: '/api/v1/voice/contacts',
  summary: 'List the people and departments that calls may be transferred to',
  access: read,
  reply: z.object({ items: z.array(VoiceContact) }),
})
export const createVoiceContact = endpoint({
  id: 'voice.createContact',
  method: 'POST',
  path: '/api/v1/voice/contacts',
  summary: 'Save somebody that calls may be transferred to',
  access: administer,
  body: VoiceContactDraft,
  reply: VoiceContact,
  status: 201,
  errors: [...refusals, 'voice_contact.too_many'],
})
export const changeVoiceContact = endpoint({
  id: 'voice.changeContact',
  method: 'PUT',
  path: '/api/v1/voice/contacts/:id',
  summary: 'Change whom calls may be transferred to',
  access: administer,
  params: IdParams,
  body: VoiceContactDraft,
  reply: VoiceContact,
  errors: [...refusals, 'voice_contact.not_found'],
})
export const deleteVoiceContact = endpoint({
  id: 'voice.deleteContact',
  method: 'DELETE',
  path: '/api/v1/voice/contacts/:id',
  summary: 'Transfer to them no longer',
  access: administer,
  params: IdParams,
  reply: Done,
  errors: ['voice_contact.not_found'],
})

export const OwnPhone = z
  .strictObject({ number: E164.nullable().meta({ description: 'Rung when you answer by phone; null: none.' }) })
  .meta({ id: 'OwnPhone' })
export type OwnPhone = z.infer<typeof OwnPhone>

export const getOwnPhone = endpoint({
  id: 'voice.getOwnPhone',
  method: 'GET',
  path: '/api/v1/voice/phone',
  summary: 'Read your own telephone number',
  access: oneself,
  reply: OwnPhone,
})
export const setOwnPhone = endpoint({
  id: 'voice.setOwnPhone',
  method: 'PUT',
  path: '/api/v1/voice/phone',
  summary: 'Set your own telephone number; it obeys the allowed countries',
  access: oneself,
  body: OwnPhone,
  reply: OwnPhone,
  errors: ['call.number_invalid', 'call.number_not_allowed'],
})
