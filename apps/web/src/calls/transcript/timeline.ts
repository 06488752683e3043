/** What stands in the transcript of a call, in its order, with times on the call's own clock. */
import type { Call, CallCoaching, Entry, JsonValue } from '@earshot/contracts'

export type Voice = 'contact' | 'agent' | 'operator' | 'external'

export type Line =
  | { kind: 'said'; key: string; entry: Entry; voice: Voice; name: string | null; atMs: number }
  | { kind: 'tool'; key: string; entry: Entry; atMs: number }
  | { kind: 'coach'; key: string; coaching: CallCoaching; atMs: number }
  | { kind: 'event'; key: string; entry: Entry; atMs: number }

/** An entry that came while it still rang belongs to the call as well. */
const BEFORE_MS = 5000

const TOLD = ['taken_over', 'paused', 'handoff_requested', 'closed', 'transferred', 'assigned']

export interface Timeline {
  lines: readonly Line[]
  /** Utterances that the log has: nobody is still saying them. */
  said: ReadonlySet<string>
}

export function timelineOf(entries: readonly Entry[], call: Call): Timeline {
  const start = Date.parse(call.answeredAt ?? call.startedAt)
  const from = Date.parse(call.startedAt) - BEFORE_MS
  const said = new Set<string>()
  const lines: Line[] = []
  for (const entry of entries) {
    const of = spokenOf(entry)
    if (of && of.callId !== call.id) continue
    const at = Date.parse(entry.at)
    if (!of && at < from) continue
    if (of) said.add(of.utterance)
    const line = lineOf(entry, of, Math.max(0, at - start), call)
    if (line) lines.push(line)
  }
  for (const coaching of call.coaching)
    lines.push({ kind: 'coach', key: coaching.id, coaching, atMs: Math.max(0, Date.parse(coaching.at) - start) })
  return { lines: inOrder(lines), said }
}

function lineOf(entry: Entry, of: Spoken | null, atMs: number, call: Call): Line | null {
  const key = `${entry.position}`
  if (entry.kind === 'message' && entry.author.kind !== 'system')
    return { kind: 'said', key, entry, voice: voiceOf(entry, of), name: entry.author.name, atMs: of?.startMs ?? atMs }
  if (entry.kind === 'function_call') return { kind: 'tool', key, entry, atMs }
  // What was coached on the call comes with the call, with what became of it.
  if (entry.kind === 'coaching')
    return call.coaching.some(({ text }) => text === entry.text) ? null : event(entry, atMs)
  // What the call tells by an event of its own is not told twice.
  if (entry.kind === 'activity' && TOLD.includes(String(entry.data.type))) return null
  return entry.kind === 'note' ? null : event(entry, atMs)
}

const event = (entry: Entry, atMs: number): Line => ({ kind: 'event', key: `${entry.position}`, entry, atMs })

export interface Spoken {
  callId: string
  utterance: string
  role: string
  startMs: number
  endMs: number
  source: string
}

/** Where on the recording a message was said. */
export function spokenOf({ data }: Entry): Spoken | null {
  const { call } = data
  if (!isObject(call)) return null
  const { callId, utterance, role, startMs, endMs, source } = call
  if (typeof callId !== 'string' || typeof utterance !== 'string' || typeof startMs !== 'number') return null
  return {
    callId,
    utterance,
    role: String(role),
    startMs,
    endMs: typeof endMs === 'number' ? endMs : startMs,
    source: String(source),
  }
}

const isObject = (value: JsonValue | undefined): value is Record<string, JsonValue> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function voiceOf({ author }: Entry, of: Spoken | null): Voice {
  if (of?.role === 'external') return 'external'
  return author.kind === 'contact' ? 'contact' : author.kind === 'operator' ? 'operator' : 'agent'
}

/** By the clock of the call; what has the same time stays in the order of the log. */
function inOrder(lines: Line[]): Line[] {
  return lines
    .map((line, i) => ({ line, i }))
    .sort((a, b) => a.line.atMs - b.line.atMs || a.i - b.i)
    .map(({ line }) => line)
}
