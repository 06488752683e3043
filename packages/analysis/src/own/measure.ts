/** What rules of a workspace read of a conversation: figures with where they show, words, calls, feelings. */
import type { RuleMeasure } from '@earshot/contracts'
import type { ConversationAnalysis } from '../contract.ts'
import { timeOf } from '../reading.ts'
import { failed } from '../signals/functions.ts'
import type { ConversationSnapshot, SnapshotEntry } from '../snapshot.ts'

/** A figure; null when it is not known. */
export type Figure = { value: number | null; positions: number[] }

export type Measured = {
  figures: Record<RuleMeasure, Figure>
  said: { position: number; by: 'contact' | 'answer'; text: string }[]
  calls: { position: number; name: string; failed: boolean; done: boolean }[]
  flags: ConversationAnalysis['flags']
  feelings: { position: number; label: string; score: number }[]
  tone: ConversationAnalysis['sentiment']['tone']
}

export const measure = (snapshot: ConversationSnapshot, analysis: ConversationAnalysis): Measured => {
  const entries = [...snapshot.entries].sort((a, b) => a.position - b.position)
  const messages = entries.filter((one) => one.kind === 'message' && one.author !== 'system' && one.text.trim() !== '')
  const contact = messages.filter(({ author }) => author === 'contact')
  const answers = messages.filter(({ author }) => author !== 'contact')
  const calls = entries.flatMap(({ position, functionCall }) =>
    functionCall
      ? [{ position, name: functionCall.name, failed: failed(functionCall), done: functionCall.status !== 'running' }]
      : [],
  )
  const broken = calls.filter((call) => call.failed)
  const at = ({ position }: { position: number }) => position
  const count = (of: { position: number }[]): Figure => ({ value: of.length, positions: of.map(at).slice(-3) })
  const missed = analysis.unanswered.flatMap(({ evidence }) => evidence.slice(0, 1))
  const last = answers.slice(-1).map(at)
  return {
    figures: {
      ...times(messages),
      contact_messages: count(contact),
      answers: count(answers),
      function_calls: count(calls),
      function_failures: count(broken),
      unanswered_questions: { value: analysis.unanswered.length, positions: missed.map(at) },
      score: { value: analysis.quality.score, positions: last },
      rating: { value: snapshot.rating?.stars ?? null, positions: last },
      cost_usd: { value: snapshot.costUsd, positions: last },
    },
    said: messages.map(({ position, author, text }) => ({
      position,
      by: author === 'contact' ? 'contact' : 'answer',
      text,
    })),
    calls,
    flags: analysis.flags,
    feelings: Object.entries(analysis.sentiment.perMessage).flatMap(([position, { emotions }]) =>
      emotions.map(({ label, score }) => ({ position: Number(position), label, score })),
    ),
    tone: analysis.sentiment.tone,
  }
}

type Times = 'first_answer_seconds' | 'slowest_answer_seconds' | 'longest_silence_seconds' | 'duration_seconds'
const UNKNOWN: Figure = { value: null, positions: [] }

/** One time for all, as imported logs have it, says nothing about how long anything took. */
function times(messages: SnapshotEntry[]): Record<Times, Figure> {
  const timed = messages.map((one) => ({ position: one.position, mine: one.author === 'contact', ms: timeOf(one.at) }))
  const known = timed.flatMap(({ ms }) => (ms === null ? [] : [ms]))
  const real = known.length === timed.length && known.length > 1 && Math.max(...known) > Math.min(...known)
  if (!real)
    return {
      first_answer_seconds: UNKNOWN,
      slowest_answer_seconds: UNKNOWN,
      longest_silence_seconds: UNKNOWN,
      duration_seconds: UNKNOWN,
    }
  const waits: Figure[] = []
  const gaps: Figure[] = []
  let since: number | null = null
  let before: number | null = null
  for (const { position, mine, ms } of timed) {
    if (ms === null) continue
    if (before !== null) gaps.push({ value: Math.max(0, (ms - before) / 1000), positions: [position] })
    before = ms
    if (mine) since ??= ms
    else if (since !== null) {
      waits.push({ value: Math.max(0, (ms - since) / 1000), positions: [position] })
      since = null
    }
  }
  const longest = (of: Figure[]) => of.reduce((a, b) => ((b.value ?? 0) > (a.value ?? -1) ? b : a), UNKNOWN)
  return {
    first_answer_seconds: waits[0] ?? UNKNOWN,
    slowest_answer_seconds: longest(waits),
    longest_silence_seconds: longest(gaps),
    duration_seconds: {
      value: (Math.max(...known) - Math.min(...known)) / 1000,
      positions: timed.slice(-1).map(({ position }) => position),
    },
  }
}
