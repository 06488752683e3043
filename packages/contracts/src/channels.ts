/** Channels: the configured ways in. */
import { z } from 'zod'
import { ChannelKind } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { Done, Id, IdParams, name, PageQuery, page, text, UtcTime } from './text.ts'

export const WidgetSettings = z.object({
  allowedOrigins: z.array(z.string()).meta({ description: 'Pages that may embed the widget; empty: any page.' }),
  color: z.string(),
  greeting: z.string(),
  showPoweredBy: z.boolean(),
  tracking: z
    .boolean()
    .meta({ description: 'Whether the widget tracks visits, once a visitor has agreed on the page.' }),
  voice: z.boolean().meta({ description: 'Whether visitors may call, from the widget and the hosted page.' }),
})

export const Channel = z
  .object({
    id: Id,
    kind: ChannelKind,
    name: z.string(),
    key: z.string().meta({ description: 'Public key, part of the widget snippet and the hosted chat address.' }),
    agentId: Id.nullable(),
    burstMs: z
      .int()
      .meta({ description: 'How long to wait for more fragments after a message, in milliseconds; 0 starts at once.' }),
    reopenHours: z
      .int()
      .nullable()
      .meta({ description: 'Hours after closing in which a message reopens the conversation; 0 never, null always.' }),
    widget: WidgetSettings,
    chatUrl: z.string().nullable(),
    snippet: z.string().nullable(),
    conversationCount: z.int(),
    createdAt: UtcTime,
    archivedAt: UtcTime.nullable(),
  })
  .meta({ id: 'Channel' })
export type Channel = z.infer<typeof Channel>

const change = {
  name: name(100).optional(),
  agentId: Id.nullable().optional(),
  burstMs: z.int().min(0).max(30_000).optional(),
  reopenHours: z
    .int()
    .min(0)
    .max(24 * 365)
    .nullable()
    .optional(),
  widget: z
    .strictObject({
      allowedOrigins: z
        .array(
          z
            .string()
            .max(300)
            .regex(/^https?:\/\/[^/\s]+$/, 'an origin such as https://example.com')
            .meta({ examples: ['https://example.com'] }),
        )
        .max(50)
        .optional(),
      color: z
        .string()
        .regex(/^#[0-9a-fA-F]{6}$/)
        .meta({ examples: ['#4f5bd5'] })
        .optional(),
      greeting: text(500).optional(),
      showPoweredBy: z.boolean().optional(),
      tracking: z.boolean().optional(),
      voice: z.boolean().optional(),
    })
    .optional(),
}

const read = { role: 'viewer', scope: 'agents' } as const
const write = { role: 'admin', scope: 'agents' } as const

export const listChannels = endpoint({
  id: 'channels.list',
  method: 'GET',
  path: '/api/v1/channels',
  summary: 'List channels',
  access: read,
  query: z.strictObject(PageQuery),
  reply: page(Channel),
})
export const createChannel = endpoint({
  id: 'channels.create',
  method: 'POST',
  path: '/api/v1/channels',
  summary: 'Create a channel',
  access: write,
  body: z.strictObject({ ...change, kind: z.enum(['widget', 'web', 'api']).default('widget'), name: name(100) }),
  reply: Channel,
  status: 201,
  errors: ['agent.not_found'],
})
export const changeChannel = endpoint({
  id: 'channels.change',
  method: 'PATCH',
  path: '/api/v1/channels/:id',
  summary: 'Change a channel',
  access: write,
  params: IdParams,
  body: z.strictObject(change),
  reply: Channel,
  errors: ['channel.not_found', 'agent.not_found'],
})
export const archiveChannel = endpoint({
  id: 'channels.archive',
  method: 'DELETE',
  path: '/api/v1/channels/:id',
  summary: 'Archive a channel: nobody can begin there any more',
  access: write,
  params: IdParams,
  reply: Done,
  errors: ['channel.not_found'],
})
