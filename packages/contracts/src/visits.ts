/** Visits: what the widget's tracker saw of a visitor who agreed to it, and what operators read of it. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, IdParams, Json, name, text, UtcTime } from './text.ts'

/** 128 random bits that the visitor's browser made and keeps; stored here only as a hash. */
export const VisitorKey = z.string().regex(/^[\w-]{22}$/)

const agoMs = z
  .int()
  .min(0)
  .max(24 * 60 * 60_000)
  .meta({ description: 'How long ago it happened when this was sent: the clock of the visitor is not trusted.' })
const address = text(2000)
const data = z
  .record(name(100), Json)
  .refine((given) => JSON.stringify(given).length <= 8000, 'at most 8,000 characters')

/** A page as it stands now: sent again and again, the largest numbers count. */
export const TrackPage = z.strictObject({
  id: Id,
  url: address,
  referrer: address.optional(),
  title: text(500).default(''),
  agoMs,
  lastAgoMs: agoMs.optional().meta({ description: 'How long ago the visitor last did anything on it.' }),
  visibleMs: z
    .int()
    .min(0)
    .max(24 * 60 * 60_000)
    .default(0),
  scroll: z.int().min(0).max(100).default(0),
})
export const TrackEvent = z.strictObject({
  id: Id,
  pageId: Id,
  kind: z.enum(['click', 'form', 'custom']),
  name: name(200),
  agoMs,
  data: data.default({}),
})
export const FiringOutcome = z.enum(['shown', 'accepted', 'dismissed', 'submitted'])
export const TrackFiring = z.strictObject({
  id: Id,
  pageId: Id,
  ruleId: Id,
  agoMs,
  outcome: FiringOutcome,
  data: data.default({}),
})

/** `POST /widget/v1/track`: one batch. Sent again, it changes nothing. Pages that events name are part of the same batch. */
export const Track = z.strictObject({
  channelKey: z.string().min(1).max(100),
  visitor: VisitorKey,
  consent: z.literal(true),
  hints: z
    .strictObject({
      mobile: z.boolean().optional(),
      platform: text(60).optional(),
      brands: z
        .array(z.strictObject({ brand: text(60), version: text(20) }))
        .max(10)
        .optional(),
    })
    .optional(),
  pages: z.array(TrackPage).min(1).max(20),
  events: z.array(TrackEvent).max(50).default([]),
  firings: z.array(TrackFiring).max(20).default([]),
})
export type Track = z.output<typeof Track>
/** `stored` is false where the visitor's browser asks not to be tracked, or the channel does not track. */
export const Tracked = z.object({
  stored: z.boolean(),
  visit: z
    .object({ id: Id, number: z.int().meta({ description: 'Counts the visits of this visitor from 1.' }) })
    .nullable(),
})
export type Tracked = z.infer<typeof Tracked>

export const DeviceKind = z.enum(['desktop', 'mobile', 'tablet', 'unknown'])
export type DeviceKind = z.infer<typeof DeviceKind>

const VisitHead = {
  id: Id,
  number: z.int(),
  startedAt: UtcTime,
  lastAt: UtcTime,
  durationMs: z.int(),
  pages: z.int(),
  trafficSource: z.string().meta({ description: 'utm_source, else a known referrer, else its host, else Direct.' }),
}

export const Visit = z
  .object({
    ...VisitHead,
    device: DeviceKind,
    browser: z.string().nullable(),
    os: z.string().nullable(),
    country: z
      .string()
      .nullable()
      .meta({ description: 'Two letters of ISO 3166, when a database of countries is there.' }),
    city: z.string().nullable(),
    landingUrl: z.string(),
    referrerHost: z.string().nullable(),
    utm: z.object({
      source: z.string().nullable(),
      medium: z.string().nullable(),
      campaign: z.string().nullable(),
      term: z.string().nullable(),
      content: z.string().nullable(),
    }),
    activeMs: z.int().meta({ description: 'How long pages of it were seen.' }),
    bounce: z.boolean().meta({ description: 'One page, nothing done on it, nothing said.' }),
  })
  .meta({ id: 'Visit' })
export type Visit = z.infer<typeof Visit>

export const PageView = z.object({
  id: Id,
  url: z.string(),
  title: z.string(),
  at: UtcTime,
  visibleMs: z.int(),
  scroll: z.int().meta({ description: 'How far down it was seen, in percent.' }),
})
export type PageView = z.infer<typeof PageView>
export const VisitEvent = z.object({
  id: Id,
  kind: z.enum(['click', 'form', 'custom']),
  name: z.string(),
  url: z.string(),
  at: UtcTime,
  data: z.record(z.string(), Json),
})
export type VisitEvent = z.infer<typeof VisitEvent>
export const TriggerFiring = z.object({
  id: Id,
  ruleId: Id.nullable().meta({ description: 'Null once the rule is gone.' }),
  name: z.string(),
  action: z.enum(['message', 'toast', 'form', 'redirect']),
  outcome: FiringOutcome,
  version: z.int().meta({ description: 'Of the rule, when it fired.' }),
  at: UtcTime,
  data: z.record(z.string(), Json).meta({ description: 'What was captured.' }),
})
export type TriggerFiring = z.infer<typeof TriggerFiring>

/** Null parts where nobody was tracked. Lists are oldest first, the newest 500 of each. */
export const ConversationVisit = z
  .object({
    visit: Visit.nullable(),
    pageViews: z.array(PageView),
    events: z.array(VisitEvent),
    triggers: z.array(TriggerFiring),
    others: z
      .array(z.object(VisitHead))
      .meta({ description: 'Other visits of this contact, newest first, at most 50.' }),
  })
  .meta({ id: 'ConversationVisit' })
export type ConversationVisit = z.infer<typeof ConversationVisit>

export const getConversationVisit = endpoint({
  id: 'visits.ofConversation',
  method: 'GET',
  path: '/api/v1/conversations/:id/visit',
  summary: 'Read the visit a conversation belongs to: pages, events, triggers',
  access: { role: 'viewer', scope: 'conversations:read' },
  params: IdParams,
  query: z.strictObject({ visitId: Id.optional().meta({ description: 'Another visit of the same contact.' }) }),
  reply: ConversationVisit,
  errors: ['conversation.not_found', 'visit.not_found'],
})
