/** What an entry carries beside its text: the jsonb of a log line, typed once for writers and readers. */
import type { Citation, FunctionCall, JsonValue } from '@earshot/contracts'

export interface StoredAttachment {
  id: string
  name: string
  mediaType: string
  size: number
  /** Of sound that was looked into. */
  durationMs?: number
  /** Where it lies elsewhere, when it came by ingest and was not copied. */
  externalUrl?: string
}

export interface EntryData {
  attachments?: StoredAttachment[]
  functionCall?: FunctionCall
  citations?: Citation[]
  /** The agent's turn that said it: screens replace the streamed draft by the entry. */
  turnId?: string
  /** Said in a call: when, on the recording's clock. */
  call?: { callId: string; utterance: string; role: string; startMs: number; endMs: number; source: string }
  /** Activities: what happened. */
  type?: string
  /** What the contact reads about it, if anything. */
  announcement?: string
  [key: string]: unknown
}

/** The parts of the data that have a field of their own on the wire. */
const OWN_FIELDS = new Set(['attachments', 'functionCall'])

/** What is left for `data` on the wire. */
export function openData(data: EntryData | null): Record<string, JsonValue> {
  return Object.fromEntries(Object.entries(data ?? {}).filter(([key]) => !OWN_FIELDS.has(key))) as Record<
    string,
    JsonValue
  >
}
