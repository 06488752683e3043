/** The contract of an analyser: what it is asked, and what it keeps while a conversation runs. Engines are injected. */
import type { ConversationAnalysis, Emotion, Extracted, Flag, FlagCode, MessageTone, Tone } from './contract.ts'
import type { ConversationSnapshot, SnapshotEntry } from './snapshot.ts'

/** What the workspace knows that a conversation does not say. Every field may be left out. */
export type WorkspaceTaxonomy = {
  /** Tags in use; one whose words the contact says is suggested. */
  tags?: readonly string[]
  /** E.g. `+358`: the country of phone numbers written without one. */
  phonePrefix?: string
  /** Seconds to the first reply and to the slowest tenth of replies, in place of the channel's own target. */
  targetSeconds?: { first: number; p90: number }
  /** Contact messages above which a conversation was more work than usual (75th percentile). */
  usualMessages?: number
  costLimitUsd?: number
}

/** The intents a workspace named by examples, learnt once for each version of them. */
export type WorkspaceIntents = {
  version: number
  /** The intent a text lies in; null: it is none of them. */
  judge(text: string): { name: string; margin: number } | null
  /** All of them, the nearest first. */
  guess(text: string): { name: string; margin: number }[]
}

export type AnalyzeOptions = {
  /** Left out: the workspace named none, and none is named. */
  intents?: WorkspaceIntents
  reason: 'idle' | 'closed' | 'manual' | 'backfill' | 'new_message'
  taxonomy?: WorkspaceTaxonomy
  previous?: ConversationAnalysis
  language?: string
  /** An AbortSignal, of which only this is read. */
  signal?: { readonly aborted: boolean }
  budget?: { maxUsd: number; maxTokens: number }
  /** The database's time, for what depends on how long ago something was. Default: the last entry's. */
  now?: string
}

export type Analyzer = {
  readonly id: string
  readonly version: string
  analyze(snapshot: ConversationSnapshot, options: AnalyzeOptions): Promise<ConversationAnalysis>
  /** Embedded engines only: synchronous, under a millisecond, on every entry as it is appended. */
  observe?(entry: SnapshotEntry, state: LiveState): LiveDelta
  /** Embedded engines only: synchronous, a few milliseconds, on a conversation that runs. */
  readLive?(snapshot: ConversationSnapshot, options: AnalyzeOptions): LiveReading
}

/** Where a running conversation stands. */
export type LiveReading = {
  throughPosition: number
  language: string
  /** One line, or null before the contact wrote. */
  line: string | null
  tone: Tone | null
  polarity: number
  direction: 'up' | 'flat' | 'down'
  emotions: { label: Emotion; score: number }[]
  /** The contact's newest messages, oldest first. */
  messages: { position: number; polarity: number; emotions: { label: Emotion; score: number }[] }[]
  risk: 'none' | 'watch' | 'high'
  risks: { code: FlagCode; severity: Flag['severity']; reason: string; positions: number[] }[]
  memory: Extracted[]
}

/** What is known about a conversation while it runs, as plain JSON the server may keep beside it. */
export type LiveState = {
  /** Detected or given; `und` until something was said. */
  language: string
  phonePrefix: string | null
  /** Fields the last answer asked for, so that a short reply can fill them. */
  askedFor: string[]
  memory: Record<string, Extracted>
  tone: { weighted: number; weight: number; messages: number; polarity: number; tone: Tone }
}

export type LiveDelta = {
  state: LiveState
  /** Only the keys this entry filled or changed. */
  memory: Extracted[]
  /** Null when the entry is not the contact's. */
  messageTone: MessageTone | null
}

export const EMPTY_LIVE_STATE: LiveState = {
  language: 'und',
  phonePrefix: null,
  askedFor: [],
  memory: {},
  tone: { weighted: 0, weight: 0, messages: 0, polarity: 0, tone: 'neutral' },
}
