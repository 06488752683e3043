/** Follow-ups: what an agent writes to contacts who fell silent: nudges in a conversation, and leads by their stage. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { unknownVariables } from './reply-variables.ts'
import { Done, Id, IdParams, MAX_MESSAGE, name, PageQuery, page, UtcTime } from './text.ts'

const read = { role: 'viewer', scope: 'conversations:read' } as const
const manage = { role: 'admin', scope: 'admin' } as const

/** 90 days. */
const MOST_MINUTES = 129_600
const minutes = z.int().min(1).max(MOST_MINUTES)
const words = name(MAX_MESSAGE / 4).refine(
  (text) =>
    unknownVariables(text).length === 0 &&
    !/\{\{\s*operator\./.test(text) &&
    !/\{\{[^{}|]*\}\}/.test(withoutSure(text)),
  'each variable needs a fallback, as in {{contact.firstName|there}}; operators say none of this',
)
/** Variables that always have a value need no fallback. */
const withoutSure = (text: string): string =>
  text.replace(/\{\{\s*(?:agent\.name|workspace\.name|channel\.name)\s*\}\}/g, '')

export const FollowUpStep = z.strictObject({
  afterMinutes: minutes.meta({ description: 'Of silence, since anything was last said.' }),
  text: words,
})

const content = {
  kind: z.enum(['inactivity', 'lead']).meta({
    description:
      '`inactivity`: an open conversation where the contact owes the answer. `lead`: a contact in one of the stages, also after the conversation was closed, until they answer.',
  }),
  name: name(80),
  agentIds: z.array(Id).max(100).meta({ description: 'Only their conversations. Empty: all.' }),
  channelIds: z.array(Id).max(100).meta({ description: 'Only there. Empty: all.' }),
  stages: z.array(z.string().max(64)).max(50).meta({ description: 'Only these. A lead plan needs one.' }),
  steps: z.array(FollowUpStep).max(5).meta({ description: 'In order; as many as there are tries.' }),
  end: z
    .strictObject({ do: z.enum(['nothing', 'close', 'handoff']), afterMinutes: minutes })
    .meta({ description: 'After the last step has been silent for so long.' }),
  inHours: z.boolean().meta({ description: 'Only while the workspace is open.' }),
}
const Draft = z
  .strictObject({
    ...content,
    agentIds: content.agentIds.default([]),
    channelIds: content.channelIds.default([]),
    stages: content.stages.default([]),
    inHours: content.inHours.default(true),
  })
  .refine((p) => p.kind !== 'lead' || p.stages.length > 0, { path: ['stages'], message: 'name a stage' })
  .refine((p) => p.steps.length > 0 || p.end.do !== 'nothing', { path: ['steps'], message: 'say or do something' })
export type FollowUpDraft = z.output<typeof Draft>

export const FollowUpPlan = z
  .object({
    id: Id,
    ...content,
    enabled: z.boolean(),
    sent: z.int().nonnegative().meta({ description: 'Messages it has sent so far.' }),
    lastSentAt: UtcTime.nullable(),
  })
  .meta({ id: 'FollowUpPlan' })
export type FollowUpPlan = z.infer<typeof FollowUpPlan>

export const listFollowUps = endpoint({
  id: 'followUps.list',
  method: 'GET',
  path: '/api/v1/follow-ups',
  summary: 'List the follow-up plans',
  access: read,
  reply: z.object({ items: z.array(FollowUpPlan), nextCursor: z.null() }),
})
export const createFollowUp = endpoint({
  id: 'followUps.create',
  method: 'POST',
  path: '/api/v1/follow-ups',
  summary: 'Add a follow-up plan, switched off',
  access: manage,
  body: Draft,
  reply: FollowUpPlan,
  status: 201,
})
export const changeFollowUp = endpoint({
  id: 'followUps.change',
  method: 'PUT',
  path: '/api/v1/follow-ups/:id',
  summary: 'Replace a plan; it is switched off by that, so that its preview is looked at again',
  access: manage,
  params: IdParams,
  body: Draft,
  reply: FollowUpPlan,
  errors: ['follow_up.not_found'],
})
export const deleteFollowUp = endpoint({
  id: 'followUps.delete',
  method: 'DELETE',
  path: '/api/v1/follow-ups/:id',
  summary: 'Delete a plan; what it sent stays',
  access: manage,
  params: IdParams,
  reply: Done,
  errors: ['follow_up.not_found'],
})

export const FollowUpPreview = z
  .object({
    now: z.int().nonnegative().meta({ description: 'Conversations in which something is due already.' }),
    later: z.int().nonnegative().meta({ description: 'That will be, if the silence lasts.' }),
    tooLate: z.int().nonnegative().meta({ description: 'Silent for so long that nothing is written any more.' }),
    optedOut: z.int().nonnegative(),
    items: z
      .array(
        z.object({
          conversationId: Id,
          contact: z.object({ id: Id, name: z.string().nullable() }),
          step: z.int().nonnegative().nullable().meta({ description: 'Null: what happens at the end.' }),
          text: z.string().nullable(),
          dueAt: UtcTime,
          isDue: z.boolean(),
        }),
      )
      .meta({ description: 'The first 100, soonest first.' }),
  })
  .meta({ id: 'FollowUpPreview' })
export type FollowUpPreview = z.infer<typeof FollowUpPreview>

export const previewFollowUp = endpoint({
  id: 'followUps.preview',
  method: 'GET',
  path: '/api/v1/follow-ups/:id/preview',
  summary: 'Who would get what and when, if the plan were on; nothing is sent',
  access: read,
  params: IdParams,
  reply: FollowUpPreview,
  errors: ['follow_up.not_found'],
})
export const switchFollowUp = endpoint({
  id: 'followUps.switch',
  method: 'PUT',
  path: '/api/v1/follow-ups/:id/switch',
  summary: 'Switch a plan on or off; on only as previewed: refused when more would be written to by now',
  access: manage,
  params: IdParams,
  body: z.discriminatedUnion('on', [
    z.strictObject({ on: z.literal(false) }),
    z.strictObject({
      on: z.literal(true),
      previewed: z.int().nonnegative().meta({ description: '`now` of the preview.' }),
    }),
  ]),
  reply: FollowUpPlan,
  errors: ['follow_up.not_found', 'follow_up.preview_old'],
})

export const FollowUpSent = z
  .object({
    conversationId: Id,
    contact: z.object({ id: Id, name: z.string().nullable() }),
    step: z.int().nonnegative(),
    outcome: z.enum(['sent', 'too_late']),
    position: z.int().positive().nullable(),
    at: UtcTime,
    answered: z.boolean().meta({ description: 'The contact has written since.' }),
  })
  .meta({ id: 'FollowUpSent' })
export type FollowUpSent = z.infer<typeof FollowUpSent>

export const listFollowUpSteps = endpoint({
  id: 'followUps.listSteps',
  method: 'GET',
  path: '/api/v1/follow-ups/:id/steps',
  summary: 'What a plan has done, newest first',
  access: read,
  params: IdParams,
  query: z.strictObject(PageQuery),
  reply: page(FollowUpSent),
  errors: ['follow_up.not_found'],
})

const OptOut = z.object({
  optedOut: z.boolean(),
  at: UtcTime.nullable(),
  by: z.string().nullable().meta({ description: 'Null: the contact said so.' }),
})
export const getFollowUpConsent = endpoint({
  id: 'followUps.getConsent',
  method: 'GET',
  path: '/api/v1/contacts/:id/follow-ups',
  summary: 'Whether a contact wants follow-ups',
  access: { role: 'viewer', scope: 'contacts:read' },
  params: IdParams,
  reply: OptOut,
  errors: ['contact.not_found'],
})
export const setFollowUpConsent = endpoint({
  id: 'followUps.setConsent',
  method: 'PUT',
  path: '/api/v1/contacts/:id/follow-ups',
  summary: 'Say for a contact that they want no follow-ups, or want them again',
  access: { role: 'operator', scope: 'contacts:write' },
  params: IdParams,
  body: z.strictObject({ optedOut: z.boolean() }),
  reply: OptOut,
  errors: ['contact.not_found'],
})

export const ScheduledFollowUp = z
  .object({ text: z.string(), dueAt: UtcTime, agent: z.string().nullable() })
  .meta({ id: 'ScheduledFollowUp' })
export type ScheduledFollowUp = z.infer<typeof ScheduledFollowUp>

/** By its function `schedule_follow_up` an agent promises one message; a word of the contact or a person who takes over ends the promise. */
export const getScheduledFollowUp = endpoint({
  id: 'followUps.getScheduled',
  method: 'GET',
  path: '/api/v1/conversations/:id/follow-up',
  summary: 'What the agent will write later in this conversation',
  access: { role: 'viewer', scope: 'conversations:read' },
  params: IdParams,
  reply: z.object({ scheduled: ScheduledFollowUp.nullable() }),
  errors: ['conversation.not_found'],
})
export const cancelScheduledFollowUp = endpoint({
  id: 'followUps.cancelScheduled',
  method: 'DELETE',
  path: '/api/v1/conversations/:id/follow-up',
  summary: 'Cancel what the agent will write later; with nothing scheduled nothing happens',
  access: { role: 'operator', scope: 'conversations:write' },
  params: IdParams,
  reply: Done,
  errors: ['conversation.not_found'],
})

export const FollowUpSettings = z
  .strictObject({
    resumeAfterMinutes: z.int().min(1).max(MOST_MINUTES).nullable().meta({
      description: 'The agent answers again after so long without a word, with nothing unanswered. Null: never.',
    }),
  })
  .meta({ id: 'FollowUpSettings' })
export type FollowUpSettings = z.infer<typeof FollowUpSettings>
export const getFollowUpSettings = endpoint({
  id: 'followUps.getSettings',
  method: 'GET',
  path: '/api/v1/follow-ups/settings',
  summary: 'Read when the agent answers again by itself',
  access: read,
  reply: FollowUpSettings,
})
export const setFollowUpSettings = endpoint({
  id: 'followUps.setSettings',
  method: 'PUT',
  path: '/api/v1/follow-ups/settings',
  summary: 'Set when the agent answers again by itself',
  access: manage,
  body: FollowUpSettings,
  reply: FollowUpSettings,
})
