/** What narrows the list of conversations: the same fields in the address, in saved views, and in the selection of a job. */
import { z } from 'zod'
import { ChannelKind, Control, HandoffState, Outcome, Priority, Resolution, Status, Tone } from './conversations.ts'
import { Id, type Several, several, Time, text, yesNo } from './text.ts'

/** Preset views: filters with a name (`model.md`, Five independent dimensions). */
export const View = z.enum(['all', 'open', 'closed', 'transferred', 'needs_human', 'reviewed', 'mine', 'unread'])
export type View = z.infer<typeof View>

export const Sort = z.enum([
  ...(['startedAt', 'lastMessageAt', 'agent', 'status', 'messages', 'rating', 'quality', 'duration'] as const),
  ...(['-startedAt', '-lastMessageAt', '-agent', '-status', '-messages', '-rating', '-quality', '-duration'] as const),
])
export type Sort = z.infer<typeof Sort>

/** Most values of one filter. */
const MOST = 50
const NONE = z.literal('none')

/**
 * Filters of several values: any of them may match (OR). Each has a twin `<name>Not`, which none of the values may match.
 * `none` stands for what has no value, `me` for the signed-in operator.
 */
const LISTS = {
  status: Status,
  control: Control,
  handoff: HandoffState,
  outcome: z.union([Outcome, NONE]),
  resolution: Resolution,
  stage: text(64),
  channel: ChannelKind,
  agentId: z.union([Id, NONE]),
  flowId: z.union([Id, NONE]),
  assigneeId: z.union([Id, NONE, z.literal('me')]),
  contactId: Id,
  tag: text(130),
  flag: text(64),
  tone: z.union([Tone, NONE]),
  priority: Priority,
}
type Lists = typeof LISTS
export type ListFilterName = keyof Lists
export const LIST_FILTERS = Object.keys(LISTS) as ListFilterName[]

/** The fields of LISTS and their twins, each wrapped the way its carrier needs. */
type Twins<Wrapped extends Record<ListFilterName, z.ZodType>> = {
  [K in ListFilterName]: Wrapped[K]
} & { [K in ListFilterName as `${K}Not`]: Wrapped[K] }

function twins<Wrapped extends Record<ListFilterName, z.ZodType>>(
  wrap: (value: z.ZodType) => z.ZodType,
): Twins<Wrapped> {
  const entries = LIST_FILTERS.flatMap((name) => [
    [name, wrap(LISTS[name])],
    [`${name}Not`, wrap(LISTS[name])],
  ])
  return Object.fromEntries(entries) as Twins<Wrapped>
}

const stars = { type: z.int().min(1).max(5), query: z.coerce.number().int().min(1).max(5) }
const score = { type: z.int().min(0).max(100), query: z.coerce.number().int().min(0).max(100) }
const days = { type: z.int().min(1).max(3660), query: z.coerce.number().int().min(1).max(3660) }

const OTHERS = {
  /** Of the start of the conversation: from is included, to is not. */
  from: Time.optional(),
  to: Time.optional(),
  view: View.optional(),
  q: text(200).optional(),
}

/** As query parameters. */
export const ConversationFilter = {
  ...twins<{ [K in ListFilterName]: Several<Lists[K]> }>((value) => several(value, MOST)),
  minRating: stars.query.optional(),
  maxRating: stars.query.optional(),
  rated: yesNo,
  minQuality: score.query.optional(),
  maxQuality: score.query.optional(),
  reviewed: yesNo,
  unread: yesNo,
  flagged: yesNo,
  hasAudio: yesNo,
  snoozed: yesNo,
  lastDays: days.query.optional().meta({ description: 'Started within so many days until now.' }),
  ...OTHERS,
}

/** The same filter as JSON: in saved views, and where a job says what it works on. */
export const FilterBody = z
  .strictObject({
    ...twins<{ [K in ListFilterName]: z.ZodOptional<z.ZodArray<Lists[K]>> }>((value) =>
      z.array(value).max(MOST).optional(),
    ),
    minRating: stars.type.optional(),
    maxRating: stars.type.optional(),
    rated: z.boolean().optional(),
    minQuality: score.type.optional(),
    maxQuality: score.type.optional(),
    reviewed: z.boolean().optional(),
    unread: z.boolean().optional(),
    flagged: z.boolean().optional(),
    hasAudio: z.boolean().optional(),
    snoozed: z.boolean().optional(),
    lastDays: days.type.optional(),
    ...OTHERS,
  })
  .meta({ id: 'ConversationFilter' })
export type FilterBody = z.infer<typeof FilterBody>

/** Which conversations a job, an export or a deletion is about: those named, or all that a filter finds when it runs. */
export const ConversationSelection = z
  .union([
    z.strictObject({ ids: z.array(Id).min(1).max(1000) }),
    z.strictObject({
      filter: FilterBody,
      except: z.array(Id).max(1000).optional().meta({ description: 'Found by the filter, and left out by hand.' }),
    }),
  ])
  .meta({ id: 'ConversationSelection' })
export type ConversationSelection = z.infer<typeof ConversationSelection>
