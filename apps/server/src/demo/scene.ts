/** A scene: one conversation of the demo, complete, with names and times; what is stored, and all that is. */
import type { AuthorKind, Control, EntryKind, HandoffState, JsonValue, Outcome } from '@earshot/contracts'
import type { Person } from './people.ts'

export interface Line {
  kind: EntryKind
  author: AuthorKind
  /** An operator's; agents are named by the scene. */
  name?: string
  text: string | null
  data?: Record<string, unknown>
  at: Date
  /** Said aloud: it gets a voice note beside its words. */
  isSpoken?: boolean
  usage?: { inputTokens: number; outputTokens: number; costUsd: number }
}

export interface Scene {
  externalId: string
  agent: string
  flow: string | null
  channel: string
  contact: Pick<Person, 'key' | 'name' | 'email' | 'phone'> & { attributes: Record<string, JsonValue> }
  startedAt: Date
  lines: Line[]
  status: 'active' | 'closed' | 'archived'
  control: Control
  /** Who has it, with control `operator`. */
  operator: string | null
  handoff: { state: HandoffState; reason: string | null; by: 'agent' | 'contact' | 'rule' | null; at: Date | null }
  outcome: Outcome | null
  endReason: string | null
  endedAt: Date | null
  stage: string | null
  tags: string[]
  rating: { stars: number; comment: string | null } | null
  memory: Record<string, JsonValue>
  epoch: number
  /** Messages of the contact that nobody has read. */
  unread: number
}

/** What an activity of the log carries, with the epoch it began. */
export function activity(type: string, at: Date, data: Record<string, unknown>, text: string | null = null): Line {
  return { kind: 'activity', author: 'system', text, at, data: { type, ...data } }
}

export function contactOf({ key, name, email, phone, locale, city }: Person): Scene['contact'] {
  return { key, name, email, phone, attributes: { locale, city } }
}
