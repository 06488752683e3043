/** Alerts: a metric or a flag that passes a threshold in a window, told once, and told again when it is over. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, IdParams, name, PageQuery, page, UtcTime } from './text.ts'

export const AlertMetric = z
  .enum([
    'conversations',
    'handoff_rate',
    'could_not_help_rate',
    'negative_share',
    'average_quality',
    'waiting_seconds',
    'unanswered',
    'function_failures',
    'cost_usd',
  ])
  .meta({
    id: 'AlertMetric',
    description:
      'Conversations begun; of them, the percentage that asked for a human. Of those reviewed: the percentage with something that could not be answered, the percentage in a negative tone, the average quality, the number of unanswered questions. The longest wait for an answer right now; failed functions; cost.',
  })
export type AlertMetric = z.infer<typeof AlertMetric>

export const AlertState = z.enum(['ok', 'warn', 'alert', 'no_data']).meta({ id: 'AlertState' })
export type AlertState = z.infer<typeof AlertState>

const fields = {
  name: name(80).meta({ examples: ['Too many handoffs'] }),
  watch: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('metric'), metric: AlertMetric }),
    z.strictObject({
      kind: z.literal('flag'),
      code: name(120).meta({ examples: ['wants_human'], description: 'How many conversations got it.' }),
    }),
  ]),
  compare: z.enum(['over', 'under']),
  warnAt: z.number().min(0).max(1e9).nullable(),
  alertAt: z.number().min(0).max(1e9),
  windowMinutes: z.int().min(5).max(43_200),
  least: z
    .int()
    .min(1)
    .max(100_000)
    .default(1)
    .meta({ description: 'Below this many conversations a rate or an average says nothing: no data.' }),
  agentIds: z.array(Id).max(50).default([]).meta({ description: 'None: all.' }),
  channelIds: z.array(Id).max(50).default([]).meta({ description: 'None: all.' }),
  tellApp: z.boolean().default(true).meta({ description: 'In the app, and to each as they chose: push, mail.' }),
  webhookUrl: z
    .url({ protocol: /^https?$/ })
    .max(1000)
    .nullable()
    .default(null)
    .meta({ examples: ['https://example.com/hooks/earshot'] }),
  enabled: z.boolean().default(true),
}

export const AlertDraft = z
  .strictObject(fields)
  .refine(
    ({ compare, warnAt, alertAt }) => warnAt === null || (compare === 'over' ? warnAt <= alertAt : warnAt >= alertAt),
    {
      path: ['warnAt'],
      message: 'the warning comes before the alert',
    },
  )
  .meta({ id: 'AlertDraft' })
export type AlertDraft = z.infer<typeof AlertDraft>

export const Alert = z
  .object({
    id: Id,
    ...fields,
    state: AlertState,
    value: z.number().nullable(),
    seen: z.int().nonnegative().meta({ description: 'How many conversations the value rests on.' }),
    since: UtcTime,
    lookedAt: UtcTime.nullable(),
    muted: z.boolean(),
    snoozedUntil: UtcTime.nullable(),
    webhook: z.object({ hasSecret: z.boolean(), problem: z.string().nullable(), lastSentAt: UtcTime.nullable() }),
  })
  .meta({ id: 'Alert' })
export type Alert = z.infer<typeof Alert>

export const AlertChange = z
  .object({
    id: Id,
    from: AlertState,
    to: AlertState,
    value: z.number().nullable(),
    says: z.string(),
    told: z.boolean(),
    at: UtcTime,
  })
  .meta({ id: 'AlertChange' })
export type AlertChange = z.infer<typeof AlertChange>

const read = { role: 'viewer', scope: 'conversations:read' } as const
const edit = { role: 'admin', scope: null } as const

export const listAlerts = endpoint({
  id: 'alerts.list',
  method: 'GET',
  path: '/api/v1/alerts',
  summary: 'List the alerts and where they stand',
  access: read,
  reply: z.object({ items: z.array(Alert) }),
})
export const createAlert = endpoint({
  id: 'alerts.create',
  method: 'POST',
  path: '/api/v1/alerts',
  summary: 'Watch something; with a webhook, the secret it is signed with is in the reply, once',
  access: edit,
  body: AlertDraft,
  reply: z.object({ alert: Alert, secret: z.string().nullable() }),
  status: 201,
  errors: ['alert.too_many', 'alert.webhook_refused'],
})
export const changeAlert = endpoint({
  id: 'alerts.change',
  method: 'PUT',
  path: '/api/v1/alerts/:id',
  summary: 'Change an alert; it is looked at anew at once',
  access: edit,
  params: IdParams,
  body: AlertDraft,
  reply: z.object({ alert: Alert, secret: z.string().nullable() }),
  errors: ['alert.not_found', 'alert.webhook_refused'],
})
export const deleteAlert = endpoint({
  id: 'alerts.delete',
  method: 'DELETE',
  path: '/api/v1/alerts/:id',
  summary: 'Watch it no longer',
  access: edit,
  params: IdParams,
  reply: z.object({ ok: z.literal(true) }),
  errors: ['alert.not_found'],
  repeatsSafely: true,
})
export const quietAlert = endpoint({
  id: 'alerts.quiet',
  method: 'PUT',
  path: '/api/v1/alerts/:id/quiet',
  summary: 'Mute an alert, or let it be quiet for a while; it goes on being looked at',
  access: { role: 'operator', scope: null },
  params: IdParams,
  body: z.strictObject({ muted: z.boolean(), snoozeMinutes: z.int().min(5).max(43_200).nullable() }),
  reply: Alert,
  errors: ['alert.not_found'],
})
export const lookAtAlert = endpoint({
  id: 'alerts.look',
  method: 'POST',
  path: '/api/v1/alerts/look',
  summary: 'Say what a draft would read now, and on which side of its thresholds; nothing is stored',
  access: edit,
  body: AlertDraft,
  reply: z.object({ value: z.number().nullable(), seen: z.int(), state: AlertState }),
  repeatsSafely: true,
})
export const testAlert = endpoint({
  id: 'alerts.test',
  method: 'POST',
  path: '/api/v1/alerts/:id/test',
  summary: 'Send a test to where the alert tells, and say what came of it',
  access: edit,
  params: IdParams,
  reply: z.object({
    app: z.boolean(),
    mail: z.enum(['sent', 'failed', 'not_set', 'not_wanted']),
    webhook: z.object({ status: z.int().nullable(), problem: z.string().nullable() }).nullable(),
  }),
  errors: ['alert.not_found'],
  repeatsSafely: true,
})
export const listAlertChanges = endpoint({
  id: 'alerts.listChanges',
  method: 'GET',
  path: '/api/v1/alerts/:id/changes',
  summary: 'List when an alert changed its state, newest first',
  access: read,
  params: IdParams,
  query: z.strictObject(PageQuery),
  reply: page(AlertChange),
  errors: ['alert.not_found'],
})
