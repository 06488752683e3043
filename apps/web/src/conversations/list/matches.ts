/** Which conversations belong in a view and a filter: the same rules as the server's, for events that arrive between two loads. */
import type { Conversation, View } from '@earshot/contracts'
import {
  type ListFilter,
  MANY_FIELDS,
  type ManyField,
  ME,
  NONE,
  notOf,
  YES_NO_FIELDS,
  type YesNoField,
} from '../search.ts'

export function inView(conversation: Conversation, view: View, memberId: string): boolean {
  const handoff = conversation.handoff?.state
  switch (view) {
    case 'all':
      return true
    case 'open':
      return conversation.status === 'active' && conversation.control === 'agent'
    case 'closed':
      return conversation.status === 'closed'
    case 'transferred':
      return (
        handoff === 'queued' ||
        handoff === 'offered' ||
        handoff === 'accepted' ||
        conversation.outcome === 'transferred'
      )
    case 'needs_human':
      return handoff === 'queued' || handoff === 'offered'
    case 'reviewed':
      return conversation.reviewedAt !== null
    case 'mine':
      return conversation.status === 'active' && conversation.assignee?.id === memberId
    case 'unread':
      return conversation.unreadCount > 0
  }
}

/** `unknown` when only the server can tell, as for a search in the messages. */
export type Belongs = boolean | 'unknown'

/** Whether a conversation is among those wanted. */
export function matches(conversation: Conversation, filter: ListFilter, memberId: string): Belongs {
  const answers: Belongs[] = [inView(conversation, filter.view ?? 'all', memberId), inRange(conversation, filter)]
  for (const field of MANY_FIELDS) {
    const wanted = filter[field]
    const unwanted = filter[notOf(field)]
    if (wanted) answers.push(isAnyOf(conversation, field, wanted, memberId))
    if (unwanted) answers.push(opposite(isAnyOf(conversation, field, unwanted, memberId)))
  }
  for (const field of YES_NO_FIELDS) {
    const wanted = filter[field]
    if (wanted) answers.push(wanted === 'true' ? isSo(conversation, field) : opposite(isSo(conversation, field)))
  }
  if (answers.includes(false)) return false
  return filter.q || answers.includes('unknown') ? 'unknown' : true
}

const opposite = (answer: Belongs): Belongs => (answer === 'unknown' ? answer : !answer)

function isAnyOf(conversation: Conversation, field: ManyField, values: readonly string[], memberId: string): Belongs {
  const own = valuesOf(conversation, field)
  if (own === 'unknown') return own
  return values.some((value) => own.includes(value === ME && field === 'assigneeId' ? memberId : value))
}

/** What a conversation is in a field; several for tags only. */
function valuesOf(conversation: Conversation, field: ManyField): readonly string[] | 'unknown' {
  const { agent, flow, assignee, contact, channel, stage, handoff, tags, flagCount } = conversation
  switch (field) {
    case 'stage':
      return [stage.key]
    case 'channel':
      return [channel.kind]
    case 'handoff':
      return [handoff?.state ?? NONE]
    case 'agentId':
      return [agent?.id ?? NONE]
    case 'flowId':
      return [flow?.id ?? NONE]
    case 'assigneeId':
      return [assignee?.id ?? NONE]
    case 'contactId':
      return [contact.id]
    case 'tag':
      return tags.flatMap(({ key, value }) => [key, `${key}:${value}`])
    case 'flag':
      // A row says how many flags it has, not which.
      return flagCount === 0 ? [] : 'unknown'
    case 'priority':
      return 'priority' in conversation ? [String(conversation.priority)] : 'unknown'
    default:
      return [conversation[field] ?? NONE]
  }
}

function isSo(conversation: Conversation, field: YesNoField): Belongs {
  switch (field) {
    case 'rated':
      return conversation.rating !== null
    case 'reviewed':
      return conversation.reviewedAt !== null
    case 'unread':
      return conversation.unreadCount > 0
    case 'flagged':
      return conversation.flagCount > 0
    case 'hasAudio':
      return conversation.hasAudio
    case 'snoozed':
      return 'unknown'
  }
}

function inRange(conversation: Conversation, filter: ListFilter): boolean {
  const { minRating, maxRating, minQuality, maxQuality, from, to, lastDays } = filter
  const started = Date.parse(conversation.startedAt)
  return (
    within(conversation.rating?.stars ?? null, minRating, maxRating) &&
    within(conversation.quality, minQuality, maxQuality) &&
    (from === undefined || started >= Date.parse(from)) &&
    (to === undefined || started < Date.parse(to)) &&
    (lastDays === undefined || started >= Date.now() - lastDays * DAY_MS)
  )
}

const DAY_MS = 86_400_000

/** What has no number is in no range, unless none is asked for. */
function within(value: number | null, min: number | undefined, max: number | undefined): boolean {
  if (min === undefined && max === undefined) return true
  return value !== null && value >= (min ?? value) && value <= (max ?? value)
}

/** The fields that decide in which views a conversation is counted; when none changed, the counts stand. */
export function countedAlike(before: Conversation, after: Conversation): boolean {
  return (
    before.status === after.status &&
    before.control === after.control &&
    before.handoff?.state === after.handoff?.state &&
    before.outcome === after.outcome &&
    before.assignee?.id === after.assignee?.id &&
    (before.reviewedAt === null) === (after.reviewedAt === null) &&
    before.unreadCount > 0 === after.unreadCount > 0
  )
}
