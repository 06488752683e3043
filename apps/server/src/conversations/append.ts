/** Append: the single way anything is said. What an item is, and what comes of it. */
import type { AuthorKind, EntryKind } from '@earshot/contracts'
import type { EntryData } from './entry-data.ts'

export interface AppendItem {
  workspaceId: string
  conversationId: string
  kind: EntryKind
  author: { kind: AuthorKind; id: string | null; name: string | null }
  text: string | null
  data?: EntryData | null
  /** The sender's key: a repeat is answered with the first result. */
  clientKey?: string | null
  /** The epoch an agent's turn began with. */
  epoch?: number | null
  origin?: 'live' | 'ingest' | 'history'
  at?: Date | null
  usage?: { inputTokens: number; outputTokens: number; costUsd: number } | null
}

export type AppendOutcome =
  | 'appended'
  | 'reopened'
  | 'duplicate'
  | 'conflict'
  | 'stale'
  | 'blocked'
  | 'agent_answers'
  | 'taken'
  | 'expired'
  | 'not_found'
  | 'busy'

export interface Appended {
  outcome: AppendOutcome
  position: number | null
  epoch: number | null
  at: Date | null
}

export type Append = (item: AppendItem) => Promise<Appended>

declare module '../platform/context.ts' {
  interface Services {
    append: Append
  }
}
