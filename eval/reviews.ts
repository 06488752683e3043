/** Whole embedded reviews of real conversations (STAR): drop-outs, names, evidence, time. */

import type { ConversationAnalysis } from '../packages/analysis/src/contract.ts'
import { analyzeEmbedded } from '../packages/analysis/src/embedded.ts'
import type { ConversationSnapshot } from '../packages/analysis/src/snapshot.ts'
import { hasRows, readRows } from '../training/data.ts'
import type { Evaluation, Figure } from './evaluation.ts'
import { precisionRecall } from './scores.ts'
import { type LabelledConversation, snapshotOf } from './snapshots.ts'

const FILE = 'conversations/star.jsonl'

interface Reviewed {
  conversation: LabelledConversation
  snapshot: ConversationSnapshot
  analysis: ConversationAnalysis
  ms: number
}

export const reviews: Evaluation = {
  name: 'reviews',
  about: 'whole reviews of STAR: drop-outs, names, evidence, time',
  async run({ data }) {
    if (!hasRows(data, FILE)) return []
    const all = readRows<LabelledConversation>(data, FILE)
    for (const one of all.slice(0, 50)) review(one)
    const reviewed = all.map(review)
    const split = 'STAR'
    return [abandoned(reviewed), ...names(reviewed), evidence(reviewed), ...times(reviewed, all)].map((one) => ({
      split,
      n: reviewed.length,
      ...one,
    }))
  },
}

type Measured = Omit<Figure, 'n' | 'split'> & Partial<Pick<Figure, 'n' | 'split'>>

function review(conversation: LabelledConversation): Reviewed {
  const snapshot = snapshotOf(conversation)
  const began = performance.now()
  const analysis = analyzeEmbedded(snapshot, { reason: 'idle' })
  return { conversation, snapshot, analysis, ms: performance.now() - began }
}

function abandoned(reviewed: Reviewed[]): Measured {
  const { f1 } = precisionRecall(
    reviewed.map(({ conversation, analysis }) => ({
      is: conversation.labels.abandoned === true,
      said: analysis.flags.some(({ code }) => code === 'abandoned'),
    })),
  )
  return { metric: 'abandoned.star.f1', value: f1, unit: '', baseline: 'structure alone 0.90', goal: { atLeast: 0.88 } }
}

/** What the contact said of their name against what the agent then typed into its tools. */
function names(reviewed: Reviewed[]): Measured[] {
  let right = 0
  let said = 0
  let wanted = 0
  for (const { snapshot, analysis } of reviewed) {
    const gold = typedNames(snapshot)
    const ours = analysis.extracted.filter(({ key }) => key === 'name').map(({ value }) => value.toLowerCase())
    if (gold.length === 0) continue
    const isSame = (a: string, b: string) => a.split(/\s+/)[0] === b.split(/\s+/)[0]
    wanted++
    said += ours.length > 0 ? 1 : 0
    right += ours.some((one) => gold.some((name) => isSame(one, name))) ? 1 : 0
  }
  const figure = (metric: string, value: number, atLeast: number): Measured => ({
    metric,
    value,
    unit: '',
    n: wanted,
    baseline: 'patterns 0.887 and 0.767',
    goal: { atLeast },
  })
  return [figure('names.precision', said === 0 ? 0 : right / said, 0.93), figure('names.recall', right / wanted, 0.8)]
}

/** Names in calls, of conversations in which the contact wrote one. */
function typedNames({ entries }: ConversationSnapshot): string[] {
  const typed = entries.flatMap(({ functionCall }) => {
    const text = functionCall ? JSON.stringify(functionCall.parameters ?? '') : ''
    return [
      ...text.matchAll(
        /\\?"(?:CustomerName|PatientName|GuestName|FullName|RequesterName|RenterName|HostName)\\?"\s*:\s*\\?"+\\?"?([\p{L} .'-]+?)\\?"/gu,
      ),
    ].map((match) => match[1]!.toLowerCase().trim())
  })
  const written = entries.filter(({ author }) => author === 'contact').map(({ text }) => text.toLowerCase())
  return [...new Set(typed)].filter(
    (name) => name.length > 1 && written.some((text) => text.includes(name.split(/\s+/)[0]!)),
  )
}

/** Every position named as evidence is an entry, and every quoted stretch lies in its text. */
function evidence(reviewed: Reviewed[]): Measured {
  let all = 0
  let valid = 0
  for (const { snapshot, analysis } of reviewed) {
    const texts = new Map(snapshot.entries.map(({ position, text }) => [position, text]))
    for (const { position, start, end } of evidenceIn(analysis)) {
      all++
      const text = texts.get(position)
      if (text !== undefined && (end ?? 0) <= text.length && (start ?? 0) <= (end ?? text.length)) valid++
    }
  }
  return {
    metric: 'evidence.valid',
    value: (100 * valid) / all,
    unit: '%',
    n: all,
    baseline: null,
    goal: { atLeast: 100 },
  }
}

interface Place {
  position: number
  start?: number
  end?: number
}

function evidenceIn(value: unknown): Place[] {
  if (Array.isArray(value)) return value.flatMap(evidenceIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'evidence' && Array.isArray(inner) ? (inner as Place[]) : evidenceIn(inner),
  )
}

function times(reviewed: Reviewed[], all: LabelledConversation[]): Measured[] {
  const usual = reviewed.filter(({ snapshot }) => snapshot.entries.length >= 15 && snapshot.entries.length <= 27)
  // One of 500 messages is many after each other.
  const long: LabelledConversation[] = Array.from({ length: 20 }, (_, i) => ({
    ...all[i]!,
    messages: all
      .slice(i)
      .flatMap(({ messages }) => messages)
      .slice(0, 500),
  }))
  return [
    time(
      'review.21messages.p95',
      usual.map(({ ms }) => ms),
      15,
    ),
    time(
      'review.500messages.p95',
      long.map((one) => review(one).ms),
      150,
    ),
  ]
}

function time(metric: string, times: number[], atMost: number): Measured {
  const sorted = times.toSorted((a, b) => a - b)
  const value = sorted[Math.floor(sorted.length * 0.95)] ?? 0
  return { metric, value, unit: 'ms', n: sorted.length, baseline: null, goal: { atMost } }
}
