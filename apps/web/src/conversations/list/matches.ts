/** Which conversations belong in a view and a filter: the same rules as the server's, for events that arrive between two loads. */
import type { Conversation, View } from '@earshot/contracts'
import type { ListFilter } from '../search.ts'

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
export function matches(conversation: Conversation, filter: ListFilter, memberId: string): boolean | 'unknown' {
  const fits =
    inView(conversation, filter.view ?? 'all', memberId) &&
    among(conversation.status, filter.status) &&
    among(conversation.channel.kind, filter.channel) &&
    among(conversation.agent?.id, filter.agentId) &&
    among(conversation.stage.key, filter.stage) &&
    among(conversation.contact.id, filter.contactId)
  return fits && filter.q ? 'unknown' : fits
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

function among<T>(value: T | undefined, wanted: readonly T[] | undefined): boolean {
  return wanted === undefined || (value !== undefined && wanted.includes(value))
}
