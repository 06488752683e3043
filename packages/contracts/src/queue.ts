/** The human queue: who waits for a person, who is here to answer, what is offered to whom, and the commands on it. */
import { z } from 'zod'
import { Conversation, Priority } from './conversations.ts'
import { endpoint } from './endpoint.ts'
import { Id, IdParams, name, PageQuery, page, several, text, UtcTime } from './text.ts'

/** Kinds of channels by how many conversations one person can hold at once. */
export const Load = z.enum(['voice', 'chat', 'mail']).meta({
  id: 'Load',
  description: 'What a channel takes of a person: `voice` calls, `chat` live messages, `mail` answers within hours.',
})
export type Load = z.infer<typeof Load>
const LOAD_OF: Record<string, Load> = { voip: 'voice', crm: 'mail' }
/** Which of the three a channel kind is. */
export const loadOf = (channelKind: string): Load => LOAD_OF[channelKind] ?? 'chat'

export const Skill = name(60)
const Skills = z.array(Skill).max(20)
const Person = z.object({ id: Id, name: z.string() })
const caps = (least: number) => ({
  voice: z.int().min(least).max(10),
  chat: z.int().min(least).max(50),
  mail: z.int().min(least).max(200),
})
export const Caps = z
  .strictObject(caps(0))
  .meta({ id: 'Caps', description: 'How many conversations of each kind at once.' })
export type Caps = z.infer<typeof Caps>

/** Why a waiting contact is not offered to anybody at this moment. */
export const WaitReason = z.enum([
  'next',
  'out_of_hours',
  'nobody_here',
  'no_skill',
  'not_on_team',
  'all_full',
  'all_declined',
  'snoozed',
])
export type WaitReason = z.infer<typeof WaitReason>

export const SlaClock = z
  .object({
    startedAt: UtcTime,
    dueAt: UtcTime.nullable().meta({ description: 'Business hours counted; null: no target is set.' }),
    breachedAt: UtcTime.nullable(),
  })
  .meta({ id: 'SlaClock' })
export type SlaClock = z.infer<typeof SlaClock>

export const Offer = z
  .object({ id: Id, member: Person, at: UtcTime, until: UtcTime })
  .meta({ id: 'QueueOffer', description: 'Theirs to accept or decline until then; afterwards it goes to the next.' })
export type Offer = z.infer<typeof Offer>

/**
 * One conversation that waits for a person or is with one. The list is ordered by `compareInQueue`; a place in the queue is the index
 * among the waiting ones.
 */
export const QueueItem = z
  .object({
    conversationId: Id,
    conversation: Conversation,
    state: z.enum(['waiting', 'offered', 'held']),
    reason: z.string().nullable().meta({ description: 'Why a person was asked for: as `handoff.reason`.' }),
    requestedAt: UtcTime.meta({ description: 'Since when they wait; a bounce never resets it.' }),
    priority: Priority,
    load: Load,
    skills: z.array(z.string()).meta({ description: 'All of them are needed.' }),
    team: z.object({ id: Id, name: z.string() }).nullable(),
    waits: z
      .object({
        reason: WaitReason,
        opensAt: UtcTime.nullable().meta({ description: 'Out of hours: when the contact was told we open.' }),
      })
      .nullable()
      .meta({ description: 'Null while it is offered or held.' }),
    offer: Offer.nullable(),
    misses: z.int().nonnegative().meta({ description: 'Offers of this wait that nobody took.' }),
    holder: Person.nullable(),
    routed: z.enum(['offer', 'direct']).nullable().meta({
      description: 'How the holder got it: offered work goes back to the queue when they leave, direct work stays.',
    }),
    previousOwner: Person.nullable(),
    clocks: z.object({
      firstAnswer: SlaClock.nullable().meta({ description: 'From the request to the first word of a person.' }),
      nextAnswer: SlaClock.nullable().meta({ description: 'From the first unanswered message of the contact.' }),
      paused: z.boolean().meta({ description: 'Out of hours: the clocks stand still.' }),
    }),
  })
  .meta({ id: 'QueueItem' })
export type QueueItem = z.infer<typeof QueueItem>

const RANK: Record<Priority, number> = { urgent: 0, high: 1, normal: 2, low: 3 }
/** The order of the queue: priority, then age. */
export function compareInQueue(
  a: Pick<QueueItem, 'priority' | 'requestedAt' | 'conversationId'>,
  b: Pick<QueueItem, 'priority' | 'requestedAt' | 'conversationId'>,
): number {
  const byPriority = RANK[a.priority] - RANK[b.priority]
  if (byPriority !== 0) return byPriority
  if (a.requestedAt !== b.requestedAt) return a.requestedAt < b.requestedAt ? -1 : 1
  return a.conversationId < b.conversationId ? -1 : 1
}

export const PresenceState = z.enum(['available', 'busy', 'offline', 'not_responding'])
export type PresenceState = z.infer<typeof PresenceState>

/** A member as the queue sees them. */
export const Operator = z
  .object({
    member: Person.extend({ role: z.string() }),
    state: PresenceState,
    since: UtcTime.nullable(),
    reason: z
      .enum(['chosen', 'gone', 'missed'])
      .nullable()
      .meta({ description: '`gone`: no browser of theirs was heard of; `missed`: two offers ran out.' }),
    seenAt: UtcTime.nullable(),
    takes: z
      .object({ voice: z.boolean(), chat: z.boolean(), mail: z.boolean() })
      .meta({ description: 'Kinds they are available for; within `state`.' }),
    skills: z.array(z.string()),
    teams: z.array(z.object({ id: Id, name: z.string() })),
    caps: Caps,
    ownCaps: z.boolean().meta({ description: 'False: the caps are those of the workspace.' }),
    load: z
      .object({ voice: z.int(), chat: z.int(), mail: z.int() })
      .meta({ description: 'Conversations they hold plus offers they have not answered.' }),
    holds: z.array(Id),
    offered: z.array(Id),
  })
  .meta({ id: 'Operator' })
export type Operator = z.infer<typeof Operator>

const read = { role: 'viewer', scope: 'conversations:read' } as const
const control = { role: 'operator', scope: 'control' } as const
/** What only a signed-in person can do. */
const personally = { role: 'operator', scope: null } as const
const supervise = { role: 'supervisor', scope: 'admin' } as const
const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.null() })

export const listQueue = endpoint({
  id: 'queue.list',
  method: 'GET',
  path: '/api/v1/queue',
  summary: 'List who waits for a person, in order; with `state=held` also who is with one',
  access: read,
  query: z.strictObject({
    state: several(z.enum(['waiting', 'offered', 'held']), 3).meta({ description: 'Waiting and offered unless said.' }),
    teamId: Id.optional(),
    skill: several(Skill, 20),
    ...PageQuery,
    limit: z.coerce.number().int().min(1).max(500).default(500),
  }),
  reply: page(QueueItem),
})
export const listMyQueue = endpoint({
  id: 'queue.mine',
  method: 'GET',
  path: '/api/v1/queue/mine',
  summary: 'List what is offered to the signed-in operator and what they hold',
  access: { role: 'viewer', scope: null },
  reply: list(QueueItem),
})

export const listOperators = endpoint({
  id: 'queue.listOperators',
  method: 'GET',
  path: '/api/v1/queue/operators',
  summary: 'List everybody who may answer: presence, skills, caps, and what each has',
  access: read,
  reply: list(Operator),
})
export const changeOperator = endpoint({
  id: 'queue.changeOperator',
  method: 'PATCH',
  path: '/api/v1/queue/operators/:id',
  summary: 'Change skills, teams or caps of a member, or set their presence',
  access: supervise,
  params: IdParams,
  body: z.strictObject({
    skills: Skills.optional(),
    teamIds: z.array(Id).max(50).optional(),
    caps: Caps.nullable().optional().meta({ description: 'Null: those of the workspace.' }),
    state: z.enum(['available', 'busy', 'offline']).optional(),
  }),
  reply: Operator,
  errors: ['member.not_found', 'team.not_found'],
})
export const getPresence = endpoint({
  id: 'queue.getPresence',
  method: 'GET',
  path: '/api/v1/queue/presence',
  summary: 'Read my presence',
  access: { role: 'viewer', scope: null },
  reply: Operator,
})
export const setPresence = endpoint({
  id: 'queue.setPresence',
  method: 'PUT',
  path: '/api/v1/queue/presence',
  summary: 'Say whether I take conversations; leaving gives offered work back to the queue',
  access: personally,
  body: z.strictObject({
    state: z.enum(['available', 'busy', 'offline']),
    takes: z
      .strictObject({ voice: z.boolean(), chat: z.boolean(), mail: z.boolean() })
      .optional()
      .meta({ description: 'Unchanged when left out.' }),
    keepWork: z
      .boolean()
      .default(false)
      .meta({ description: 'Going busy or offline: keep also the conversations the queue gave me.' }),
  }),
  reply: Operator,
})

const onConversation = <B extends z.ZodType>(
  verb: string,
  summary: string,
  body: B,
  errors: readonly ('offer.gone' | 'member.not_found' | 'team.not_found' | 'member.away' | 'queue.not_waiting')[] = [],
) =>
  endpoint({
    id: `queue.${verb}`,
    method: 'POST',
    path: `/api/v1/conversations/:id/${verb}`,
    summary,
    access: verb === 'release' || verb === 'transfer' ? control : personally,
    params: IdParams,
    body,
    reply: Conversation,
    errors: ['conversation.not_found', 'conversation.closed', 'conversation.taken', ...errors],
    repeatsSafely: true,
  })

const note = text(4000).optional().meta({ description: 'For whoever is next; the contact never sees it.' })

export const claimConversation = onConversation(
  'claim',
  'Take a waiting conversation. Of many who claim it one wins; the others are told who',
  z.strictObject({ announce: z.boolean().default(true) }).default({ announce: true }),
)
export const acceptOffer = onConversation(
  'accept',
  'Accept what the queue offers me',
  z.strictObject({ announce: z.boolean().default(true) }).default({ announce: true }),
  ['offer.gone'],
)
export const declineOffer = onConversation(
  'decline',
  'Decline what the queue offers me; the next is asked, and I am not asked again for a while',
  z.strictObject({ note }).default({}),
  ['offer.gone'],
)
export const releaseConversation = onConversation(
  'release',
  'Give a conversation back to the queue, at its old place',
  z.strictObject({ note, skills: Skills.optional() }).default({}),
)
export const transferConversation = onConversation(
  'transfer',
  'Give a conversation, waiting or held, to a person or to a team; supervisors also what others hold',
  z
    .strictObject({
      memberId: Id.optional(),
      teamId: Id.optional(),
      skills: Skills.optional().meta({ description: 'To a team: what is needed there.' }),
      note,
      force: z
        .boolean()
        .default(false)
        .meta({ description: 'Also to somebody who is offline; supervisors: also from the one who has it.' }),
    })
    .refine((b) => (b.memberId === undefined) !== (b.teamId === undefined), 'name a person or a team')
    .meta({ examples: [{ teamId: '019339a0-5b1c-7e3a-9d52-6f1a2b3c4d5e', note: 'Knows Polish.' }] }),
  ['member.not_found', 'member.away', 'team.not_found'],
)
export const changeQueued = endpoint({
  id: 'queue.change',
  method: 'PATCH',
  path: '/api/v1/queue/:id',
  summary: 'Change priority, skills or team of a waiting conversation, by its id',
  access: control,
  params: IdParams,
  body: z.strictObject({
    priority: Priority.optional(),
    skills: Skills.optional(),
    teamId: Id.nullable().optional(),
  }),
  reply: QueueItem,
  errors: ['conversation.not_found', 'queue.not_waiting', 'team.not_found'],
})
