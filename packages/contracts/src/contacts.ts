/** Contacts: the customers, how they are reached, and whether they are blocked. */
import { z } from 'zod'
import { Conversation } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { Id, IdParams, Json, name, PageQuery, page, Time, text, UtcTime } from './text.ts'

export const Contact = z
  .object({
    id: Id,
    name: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    externalId: z.string().nullable(),
    attributes: z.record(z.string(), Json),
    points: z.array(z.object({ kind: z.string(), value: z.string(), verified: z.boolean() })),
    blocks: z.array(
      z.object({
        channelId: Id,
        reason: z.string().nullable(),
        expiresAt: UtcTime.nullable(),
        at: UtcTime,
        by: z.string().nullable(),
      }),
    ),
    lastActiveAt: UtcTime.nullable(),
    createdAt: UtcTime,
  })
  .meta({ id: 'Contact' })
export type Contact = z.infer<typeof Contact>

const read = { role: 'viewer', scope: 'contacts:read' } as const
const write = { role: 'operator', scope: 'contacts:write' } as const

export const getContact = endpoint({
  id: 'contacts.get',
  method: 'GET',
  path: '/api/v1/contacts/:id',
  summary: 'Read one contact',
  access: read,
  params: IdParams,
  reply: Contact,
  errors: ['contact.not_found'],
})

export const listContacts = endpoint({
  id: 'contacts.list',
  method: 'GET',
  path: '/api/v1/contacts',
  summary: 'List contacts, newest first; `q` finds part of a name, e-mail or phone',
  access: read,
  query: z.strictObject({ q: text(200).optional(), ...PageQuery }),
  reply: page(Contact),
})

export const changeContact = endpoint({
  id: 'contacts.change',
  method: 'PATCH',
  path: '/api/v1/contacts/:id',
  summary: 'Change name, e-mail, phone or attributes',
  access: write,
  params: IdParams,
  body: z.strictObject({
    name: name(200).nullable().optional(),
    email: z.email().max(254).nullable().optional(),
    phone: text(40).nullable().optional(),
    attributes: z.record(z.string().max(100), Json).optional(),
  }),
  reply: Contact,
  errors: ['contact.not_found'],
})

/** Where the contact asked something before: newest first. */
export const listContactConversations = endpoint({
  id: 'contacts.listConversations',
  method: 'GET',
  path: '/api/v1/contacts/:id/conversations',
  summary: 'List the conversations of a contact, newest first',
  access: { role: 'viewer', scope: 'conversations:read' },
  params: IdParams,
  query: z.strictObject(PageQuery),
  reply: page(Conversation),
  errors: ['contact.not_found'],
})

export const blockContact = endpoint({
  id: 'contacts.block',
  method: 'POST',
  path: '/api/v1/contacts/:id/block',
  summary: 'Block a contact on a channel: messages are stored, nobody answers',
  access: { role: 'operator', scope: 'control' },
  params: IdParams,
  body: z.strictObject({ channelId: Id, reason: text(500).optional(), expiresAt: Time.optional() }),
  reply: Contact,
  errors: ['contact.not_found', 'channel.not_found'],
})

export const unblockContact = endpoint({
  id: 'contacts.unblock',
  method: 'POST',
  path: '/api/v1/contacts/:id/unblock',
  summary: 'Lift a block',
  access: { role: 'operator', scope: 'control' },
  params: IdParams,
  body: z.strictObject({ channelId: Id }),
  reply: Contact,
  errors: ['contact.not_found'],
})
