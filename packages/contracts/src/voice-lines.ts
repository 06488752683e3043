/** Lines: telephone numbers at a carrier and SIP trunks, by which calls come in and go out. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Done, Id, IdParams, name, UtcTime } from './text.ts'

/** A telephone number as every carrier understands it. */
export const E164 = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'a number in international form, such as +4915112345678')
  .meta({ examples: ['+4915112345678'] })

const host = z
  .string()
  .max(253)
  .regex(/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)$/, 'a host name or an address')
  .meta({ examples: ['sip.example.com'] })
const network = z
  .union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])
  .meta({ examples: ['198.51.100.0/24'], description: 'An address, or a network in CIDR form.' })
/** What a header of SIP or of HTTP carries without quoting. */
const secret = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\x21-\x7e]+$/, 'letters, digits and signs of ASCII')
  .meta({ description: 'Write-only: it is sealed and never read back.', examples: ['9f2c41d07be84a5c'] })

export const TrunkAddress = z.strictObject({
  host: host.meta({ description: 'Where calls that go out are sent.' }),
  port: z.int().min(1).max(65_535).default(5060),
  transport: z.enum(['udp', 'tcp']).default('udp'),
  user: name(200).nullable().default(null),
  from: z.array(network).max(50).default([]).meta({
    description: 'Networks that calls may come from without a password; the host’s own addresses always may.',
  }),
  codecs: z
    .array(z.enum(['PCMU', 'PCMA']))
    .min(1)
    .max(2)
    .default(['PCMU', 'PCMA']),
  register: z.boolean().default(false).meta({ description: 'Log in at the host, so that it knows where we are.' }),
})
export type TrunkAddress = z.infer<typeof TrunkAddress>

const common = {
  name: name(80).meta({ examples: ['Support hotline'] }),
  agentId: Id.nullable()
    .default(null)
    .meta({ description: 'Who answers calls that come in; none: the queue for people.' }),
  announce: z.boolean().default(true).meta({ description: 'Play the announcement of the voice settings first.' }),
  enabled: z.boolean().default(true),
}

export const LineDraft = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('twilio'),
      ...common,
      number: E164,
      accountSid: z
        .string()
        .regex(/^AC[0-9a-fA-F]{32}$/, 'AC and 32 hexadecimal digits')
        .meta({ examples: ['AC0123456789abcdef0123456789abcdef'] }),
      authToken: secret.optional().meta({ description: 'Left out: the one that is kept stays.' }),
      detectMachine: z
        .boolean()
        .default(false)
        .meta({ description: 'When a call goes out, have Twilio find out whether a person or a machine answers.' }),
    }),
    z.strictObject({
      kind: z.literal('sip'),
      ...common,
      number: E164.nullable().default(null).meta({
        description:
          'The number that calls come to and that is shown when calls go out; none: whatever the trunk says.',
      }),
      trunk: TrunkAddress,
      password: secret.nullable().optional().meta({ description: 'Left out: the one that is kept stays; null: none.' }),
    }),
  ])
  .meta({ id: 'LineDraft' })
export type LineDraft = z.infer<typeof LineDraft>

/** What a test looks at, in this order; a step that needs an earlier one is skipped when that failed. */
export const LineTestStep = z
  .object({
    step: z.enum(['credentials', 'number', 'origin', 'webhook', 'media', 'trunk']),
    outcome: z.enum(['passed', 'failed', 'skipped']),
    problem: z
      .enum([
        'unreachable',
        'refused',
        'suspended',
        'secret_locked',
        'not_owned',
        'no_voice',
        'not_public',
        'not_https',
        'not_ours',
        'not_set',
        'other_address',
        'other_method',
        'not_wss',
        'no_hub',
        'no_edge',
        'no_answer',
      ])
      .nullable(),
    detail: z.string().max(500).nullable().meta({ description: 'What was met: an address, a status, an answer.' }),
  })
  .meta({ id: 'LineTestStep' })
export type LineTestStep = z.infer<typeof LineTestStep>

export const LineTest = z
  .object({ at: UtcTime, ok: z.boolean(), steps: z.array(LineTestStep) })
  .meta({ id: 'LineTest' })
export type LineTest = z.infer<typeof LineTest>

export const Line = z
  .object({
    id: Id,
    kind: z.enum(['twilio', 'sip']),
    name: z.string(),
    number: z.string().nullable(),
    channelId: Id,
    agent: z.object({ id: Id, name: z.string() }).nullable(),
    announce: z.boolean(),
    enabled: z.boolean(),
    twilio: z
      .object({
        accountSid: z.string(),
        detectMachine: z.boolean(),
        voiceUrl: z.string().meta({ description: 'For “A call comes in” of the number, method POST.' }),
        statusUrl: z.string().meta({ description: 'For “Call status changes” of the number, method POST.' }),
      })
      .nullable(),
    trunk: TrunkAddress.nullable(),
    hasSecret: z.boolean().meta({ description: 'Whether a token or password is kept.' }),
    test: LineTest.nullable().meta({ description: 'The last test.' }),
    createdAt: UtcTime,
  })
  .meta({ id: 'VoiceLine' })
export type Line = z.infer<typeof Line>

const administer = { role: 'admin', scope: 'admin' } as const
const refusals = ['line.number_taken', 'agent.not_found', 'call.number_invalid'] as const

export const listLines = endpoint({
  id: 'voice.listLines',
  method: 'GET',
  path: '/api/v1/voice/lines',
  summary: 'List the lines: numbers and trunks, and how their last test went',
  access: administer,
  reply: z.object({ items: z.array(Line) }),
})
export const createLine = endpoint({
  id: 'voice.createLine',
  method: 'POST',
  path: '/api/v1/voice/lines',
  summary: 'Add a line; it gets a channel of its own',
  access: administer,
  body: LineDraft,
  reply: Line,
  status: 201,
  errors: [...refusals, 'line.secret_missing', 'line.too_many'],
})
export const changeLine = endpoint({
  id: 'voice.changeLine',
  method: 'PUT',
  path: '/api/v1/voice/lines/:id',
  summary: 'Change a line; its kind stays',
  access: administer,
  params: IdParams,
  body: LineDraft,
  reply: Line,
  errors: [...refusals, 'line.not_found', 'line.secret_missing', 'line.other_kind'],
})
export const deleteLine = endpoint({
  id: 'voice.deleteLine',
  method: 'DELETE',
  path: '/api/v1/voice/lines/:id',
  summary: 'Remove a line: its secret is forgotten, its channel archived; calls that run go on',
  access: administer,
  params: IdParams,
  reply: Done,
  errors: ['line.not_found'],
})
export const testLine = endpoint({
  id: 'voice.testLine',
  method: 'POST',
  path: '/api/v1/voice/lines/:id/test',
  summary: 'Test a line step by step; nobody is called',
  access: administer,
  params: IdParams,
  reply: Line,
  errors: ['line.not_found'],
  repeatsSafely: true,
})
