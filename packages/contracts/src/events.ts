/** Facts, in the past tense: what the feed carries. Followers read the rows they name; a fact holds ids and small changes only. */
import { z } from 'zod'
import { ChannelKind, Control } from './conversations.ts'
import { Id } from './text.ts'

const By = z.object({
  kind: z.enum(['operator', 'api_key', 'agent', 'contact', 'system']),
  id: z.string().nullable(),
  name: z.string().nullable(),
})

export const DomainEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('conversation.appended'),
    conversationId: Id,
    from: z.int(),
    to: z.int(),
    reopened: z.boolean(),
    channel: ChannelKind,
  }),
  z.object({ type: z.literal('conversation.created'), conversationId: Id }),
  z.object({
    type: z.literal('conversation.control_changed'),
    conversationId: Id,
    control: Control,
    epoch: z.int(),
    by: By,
  }),
  z.object({ type: z.literal('conversation.changed'), conversationId: Id, fields: z.array(z.string()) }),
  /** Where a running conversation stands was read again. */
  z.object({ type: z.literal('conversation.observed'), conversationId: Id }),
  z.object({ type: z.literal('conversation.closed'), conversationId: Id, reason: z.string() }),
  z.object({ type: z.literal('conversation.deleted'), conversationId: Id }),
  /** Its entries are part of another conversation now; the other one's `log` is raised. */
  z.object({ type: z.literal('conversation.merged'), conversationId: Id, into: Id }),
  /** A merge was undone: it is there again. */
  z.object({ type: z.literal('conversation.restored'), conversationId: Id }),
  z.object({ type: z.literal('handoff.requested'), conversationId: Id, reason: z.string() }),
  z.object({ type: z.literal('queue.changed'), conversationId: Id }),
  z.object({ type: z.literal('queue.offered'), conversationId: Id, memberId: Id, offerId: Id }),
  /** Somebody gave it to this member, who did not ask for it. */
  z.object({ type: z.literal('queue.assigned'), conversationId: Id, memberId: Id, by: By }),
  /** Once for each clock that ran out; `memberId` is who has it. */
  z.object({
    type: z.literal('sla.breached'),
    conversationId: Id,
    clock: z.enum(['first_answer', 'next_answer']),
    memberId: Id.nullable(),
  }),
  /** Presence, skills, caps or teams of a member. */
  z.object({ type: z.literal('operator.changed'), memberId: Id }),
  z.object({ type: z.literal('review.completed'), conversationId: Id, reviewId: Id }),
  /** A person overruled a value of it, or took that back. */
  z.object({ type: z.literal('review.overruled'), conversationId: Id, reviewId: Id }),
  /** Anything of a call: its state, who takes part, what coaching became of. */
  z.object({ type: z.literal('call.changed'), conversationId: Id, callId: Id }),
  z.object({ type: z.literal('contact.changed'), contactId: Id }),
  /** What a visitor did on the website; many a minute, so that it names only where to look. */
  z.object({ type: z.literal('visit.changed'), conversationIds: z.array(Id) }),
  z.object({ type: z.literal('job.changed'), jobId: Id }),
  z.object({
    type: z.literal('resource.changed'),
    resource: z.enum([
      'agents',
      'channels',
      'knowledge',
      'insights',
      'intents',
      'members',
      'api-keys',
      'workspace',
      'stages',
      'views',
      'triggers',
      'replies',
      'macros',
      'follow-ups',
      'notifications',
      'briefs',
      'hours',
      'teams',
      'queue',
      'flags',
      'rubric',
      'flag-rules',
      'alerts',
      'review-queue',
      'review-engine',
      'voice-lines',
      'call-wrap-ups',
      'voice',
    ]),
    id: z.string(),
  }),
])
export type DomainEvent = z.infer<typeof DomainEvent>
export type EventOf<T extends DomainEvent['type']> = Extract<DomainEvent, { type: T }>
