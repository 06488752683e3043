/** Trigger rules: what the tracker watches for on a page, and what it then does. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Done, Id, IdParams, name, PageQuery, page, text, UtcTime } from './text.ts'
import { DeviceKind } from './visits.ts'

const match = { op: z.enum(['is', 'startsWith', 'contains']), value: name(300) }

/** All of a rule's conditions must hold at once. */
export const TriggerCondition = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('time'), seconds: z.int().min(0).max(3600) }),
  z.strictObject({ on: z.literal('scroll'), percent: z.int().min(1).max(100) }),
  z.strictObject({ on: z.literal('exit') }),
  z.strictObject({ on: z.literal('page'), ...match }),
  z.strictObject({
    on: z.literal('utm'),
    field: z.enum(['source', 'medium', 'campaign', 'term', 'content']),
    ...match,
  }),
  z.strictObject({ on: z.literal('device'), device: DeviceKind.exclude(['unknown']) }),
  z.strictObject({ on: z.literal('visits'), atLeast: z.int().min(1).max(1000) }),
  z.strictObject({ on: z.literal('event'), name: name(200), atLeast: z.int().min(1).max(100) }),
  z.strictObject({ on: z.literal('chat'), open: z.boolean() }),
])
export type TriggerCondition = z.infer<typeof TriggerCondition>

/** A path of the same website, or a whole http(s) address; which hosts are allowed is checked where channels are known. */
const Target = z
  .string()
  .max(2000)
  .regex(
    /^(\/(?![/\\])[^\s\\]*|https?:\/\/[^\s\\@/?#]+([/?#][^\s\\]*)?)$/i,
    'a path such as /offers, or an http(s) address',
  )

export const FormField = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,39}$/, 'small letters, digits and _')
    .meta({ examples: ['email'] }),
  label: name(100),
  type: z.enum(['text', 'email', 'tel', 'textarea']),
  required: z.boolean(),
})

export const TriggerAction = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('message'), text: name(500) }),
  z.strictObject({ do: z.literal('toast'), text: name(300) }),
  z.strictObject({
    do: z.literal('form'),
    title: name(100),
    text: text(500),
    fields: z
      .array(FormField)
      .min(1)
      .max(8)
      .refine((fields) => new Set(fields.map((f) => f.key)).size === fields.length, 'each key once'),
    button: name(60),
    thanks: name(200),
  }),
  z.strictObject({ do: z.literal('redirect'), url: Target }),
])
export type TriggerAction = z.infer<typeof TriggerAction>

const Webhook = z
  .string()
  .max(2000)
  .regex(/^https?:\/\/[^\s\\@/?#]+([/?#][^\s\\]*)?$/i, 'an http(s) address without a name or password in it')
  .meta({ examples: ['https://crm.example/earshot'] })

const rule = {
  name: name(100),
  enabled: z.boolean(),
  conditions: z.array(TriggerCondition).min(1).max(10),
  action: TriggerAction,
  keep: z
    .array(name(100))
    .max(20)
    .meta({ description: 'Fields of the visit’s custom events whose newest values are captured.' }),
  tags: z
    .array(z.strictObject({ key: name(64), value: text(64) }))
    .max(5)
    .meta({ description: 'Given to the visit’s conversation when it fires, or once there is one.' }),
  webhook: Webhook.nullable().meta({
    description: 'Called when it fires, and again with what the visitor answered; signed as Standard Webhooks has it.',
  }),
  perVisit: z.int().min(1).max(10).meta({ description: 'How often at most in one visit.' }),
  waitDays: z.int().min(0).max(365).meta({ description: 'Days of silence after a visitor said no.' }),
}
const given = z.strictObject({
  ...rule,
  enabled: rule.enabled.default(false),
  keep: rule.keep.default([]),
  tags: rule.tags.default([]),
  webhook: rule.webhook.default(null),
  perVisit: rule.perVisit.default(1),
  waitDays: rule.waitDays.default(7),
})

export const TriggerRule = z
  .object({
    id: Id,
    ...rule,
    version: z.int().meta({ description: 'Counts changes of the rule from 1.' }),
    firedRecently: z.int().meta({ description: 'How often it fired in the last 28 days.' }),
    signedSince: UtcTime.nullable().meta({ description: 'Its webhook is called only once it has a signing secret.' }),
    webhookProblem: z
      .string()
      .nullable()
      .meta({ description: 'Why the newest call of its webhook did not arrive; null when it did, or none was made.' }),
    acceptedRecently: z.int().meta({ description: 'How often a visitor said yes or filled the form in.' }),
    createdAt: UtcTime,
    updatedAt: UtcTime,
  })
  .meta({ id: 'TriggerRule' })
export type TriggerRule = z.infer<typeof TriggerRule>
export type TriggerGiven = z.output<typeof given>

/** What the tracker of a page receives: the rules that are on, without numbers. */
export const ActiveRules = z.object({
  rules: z.array(
    z.object({
      id: Id,
      conditions: rule.conditions,
      action: TriggerAction,
      keep: rule.keep,
      perVisit: rule.perVisit,
      waitDays: rule.waitDays,
    }),
  ),
  color: z.string(),
  /** Origins, besides the page's own, that a redirect may lead to. */
  redirectOrigins: z.array(z.string()),
})
export type ActiveRules = z.infer<typeof ActiveRules>

const read = { role: 'viewer', scope: 'agents' } as const
const write = { role: 'admin', scope: 'agents' } as const

export const listTriggers = endpoint({
  id: 'triggers.list',
  method: 'GET',
  path: '/api/v1/triggers',
  summary: 'List trigger rules',
  access: read,
  query: z.strictObject(PageQuery),
  reply: page(TriggerRule),
})
export const createTrigger = endpoint({
  id: 'triggers.create',
  method: 'POST',
  path: '/api/v1/triggers',
  summary: 'Create a trigger rule',
  access: write,
  body: given,
  reply: TriggerRule,
  status: 201,
})
export const changeTrigger = endpoint({
  id: 'triggers.change',
  method: 'PATCH',
  path: '/api/v1/triggers/:id',
  summary: 'Change a trigger rule, or switch it on or off',
  access: write,
  params: IdParams,
  body: z.strictObject(rule).partial(),
  reply: TriggerRule,
  errors: ['trigger.not_found'],
})
export const deleteTrigger = endpoint({
  id: 'triggers.delete',
  method: 'DELETE',
  path: '/api/v1/triggers/:id',
  summary: 'Delete a trigger rule; what it recorded stays',
  access: write,
  params: IdParams,
  reply: Done,
  errors: ['trigger.not_found'],
})
/** The one before is forgotten at once. */
export const signTrigger = endpoint({
  id: 'triggers.sign',
  method: 'POST',
  path: '/api/v1/triggers/:id/signing',
  summary: 'Make a signing secret for the webhook of a trigger rule; it is shown this once',
  access: write,
  params: IdParams,
  reply: z.object({
    secret: z.string().meta({ description: 'As Standard Webhooks writes it: `whsec_` and base64.' }),
    since: UtcTime,
  }),
  errors: ['trigger.not_found'],
})
