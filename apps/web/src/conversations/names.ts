/** How people, agents and states are called on screen, in one place. */
import type { Conversation } from '@earshot/contracts'
import type { TFunction } from 'i18next'

type T = TFunction<'conversations'>

/** The contact's name, else how they are reached, else that nobody knows. */
export function contactName(contact: Conversation['contact'], t: T): string {
  return contact.name || contact.phone || contact.email || t('anonymous')
}

export const firstName = (name: string) => name.trim().split(/\s+/)[0] ?? name

export const agentName = (conversation: Pick<Conversation, 'agent'>, t: T) => conversation.agent?.name || t('theAgent')

/** Who said the last words; nothing when it was the contact, whose row it is. */
export function previewAuthor(conversation: Conversation, memberId: string, t: T): string | null {
  switch (conversation.preview?.author) {
    case 'agent':
      return firstName(agentName(conversation, t))
    case 'operator':
      if (!conversation.assignee) return t('operator')
      return conversation.assignee.id === memberId ? t('you') : firstName(conversation.assignee.name)
    default:
      return null
  }
}

export type Handler = 'blocked' | 'closed' | 'archived' | 'needsHuman' | 'queue' | 'operator' | 'paused' | 'agent'

/** What the row says about who answers, most urgent first. */
export function handlerOf(conversation: Conversation): Handler {
  const { blocked, status, control, handoff } = conversation
  if (blocked) return 'blocked'
  if (status !== 'active') return status
  // Where operators answer from the start, waiting is the usual way in and no alarm.
  const usual = handoff?.by === 'rule' && handoff.reason === 'operators_answer'
  if ((handoff?.state === 'queued' || handoff?.state === 'offered') && !usual) return 'needsHuman'
  return control
}

export const waitsForHuman = ({ handoff }: Pick<Conversation, 'handoff'>) =>
  handoff?.state === 'queued' || handoff?.state === 'offered'
