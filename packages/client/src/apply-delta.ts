/** Applies pieces of answers, and the events that end them, to the drafts on a screen. */
import type { Conversation, Delta, Entry, LiveEvent } from '@earshot/contracts'
import { applyPiece, type Draft, EMPTY_SLOT, endTurn, raiseEpoch, type Slot } from './draft.ts'

export interface Drafts {
  slots: Readonly<Record<string, Slot>>
  /** Who writes, by conversation. */
  agents: Readonly<Record<string, Delta['agent']>>
}

export const NO_DRAFTS: Drafts = { slots: {}, agents: {} }

/** The state after one piece; the same object when the piece says nothing new. */
export function applyDelta(state: Drafts, delta: Delta): Drafts {
  const next = put(state, delta.conversationId, applyPiece(slotOf(state, delta.conversationId), delta))
  if (next === state || next.agents[delta.conversationId]?.id === delta.agent.id) return next
  return { ...next, agents: { ...next.agents, [delta.conversationId]: delta.agent } }
}

/** Ends drafts whose answer was stored, whose turn was called off, or whose conversation is gone. */
export function applyToDrafts(state: Drafts, event: LiveEvent): Drafts {
  switch (event.type) {
    case 'entries.appended':
      return settleDrafts(state, event.conversationId, event.entries)
    case 'conversation.changed':
      return put(state, event.conversation.id, underControl(slotOf(state, event.conversation.id), event.conversation))
    case 'conversation.merged':
    case 'conversation.deleted': {
      if (!state.slots[event.conversationId]) return state
      const { [event.conversationId]: _, ...slots } = state.slots
      return { ...state, slots }
    }
    case 'resync':
      // What ended meanwhile nobody will tell; what goes on comes again as a whole piece.
      return Object.entries(state.slots).reduce((s, [id, slot]) => put(s, id, { ...slot, draft: null }), state)
    default:
      return state
  }
}

/** The same for entries that were read instead of heard. */
export function settleDrafts(state: Drafts, conversationId: string, entries: readonly Entry[]): Drafts {
  let slot = slotOf(state, conversationId)
  for (const { data } of entries) {
    if (typeof data.turnId === 'string') slot = endTurn(slot, data.turnId)
    if (data.type === 'control_changed' && typeof data.epoch === 'number') slot = raiseEpoch(slot, data.epoch)
  }
  return put(state, conversationId, slot)
}

/** The answer being written in a conversation, and by whom. */
export function draftIn(state: Drafts, conversationId: string): { draft: Draft; agent: Delta['agent'] } | null {
  const draft = state.slots[conversationId]?.draft
  const agent = state.agents[conversationId]
  return draft && agent ? { draft, agent } : null
}

function underControl(slot: Slot, conversation: Conversation): Slot {
  const raised = raiseEpoch(slot, conversation.epoch)
  const maySpeak = conversation.control === 'agent' && !conversation.blocked && conversation.status === 'active'
  // An older reading of the conversation says nothing about a younger turn.
  const over = !maySpeak && raised.draft !== null && raised.draft.epoch <= conversation.epoch
  return over && raised.draft ? endTurn(raised, raised.draft.turnId) : raised
}

function slotOf(state: Drafts, conversationId: string): Slot {
  return state.slots[conversationId] ?? EMPTY_SLOT
}

function put(state: Drafts, conversationId: string, slot: Slot): Drafts {
  if (slot === slotOf(state, conversationId)) return state
  return { ...state, slots: { ...state.slots, [conversationId]: slot } }
}
