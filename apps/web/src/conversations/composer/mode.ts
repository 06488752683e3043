/** What the composer offers, from where the conversation stands and who is looking. */
import type { Conversation } from '@earshot/contracts'
import { waitsForHuman } from '../names.ts'

export type WritingKind = 'message' | 'note' | 'coaching'

export type ComposerMode = 'viewer' | 'blocked' | 'closed' | 'agent' | 'queue' | 'taken' | 'open'

type Stand = Pick<Conversation, 'blocked' | 'status' | 'control' | 'handoff' | 'assignee'>

export function composerMode(conversation: Stand, memberId: string, mayWrite: boolean): ComposerMode {
  if (!mayWrite) return 'viewer'
  if (conversation.blocked) return 'blocked'
  if (conversation.status !== 'active') return 'closed'
  if (conversation.control === 'agent') return 'agent'
  if (conversation.control === 'operator') return conversation.assignee?.id === memberId ? 'open' : 'taken'
  return conversation.control === 'queue' || waitsForHuman(conversation) ? 'queue' : 'open'
}

/** What can be written from here, in the order of its tabs; only an agent can be coached. */
export function writingKinds(conversation: Stand & Pick<Conversation, 'agent'>, mode: ComposerMode): WritingKind[] {
  if (mode === 'viewer') return []
  const coaching: WritingKind[] = conversation.agent && conversation.status === 'active' ? ['coaching'] : []
  return mode === 'open' ? ['message', 'note', ...coaching] : ['note', ...coaching]
}
