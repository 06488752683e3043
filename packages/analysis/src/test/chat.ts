/** Conversations for the tests, written as they read: `c` the contact, `a` the agent, `o` an operator, `f` a function call. */

import type { AnalyzeOptions } from '../analyzer.ts'
import type { ConversationAnalysis } from '../contract.ts'
import { analyzeEmbedded } from '../embedded.ts'
import { type ConversationSnapshot, type FunctionCall, ONLY_SAID, type SnapshotEntry } from '../snapshot.ts'

export type Line = [who: 'c' | 'a' | 'o' | 's', text: string] | ['f', name: string, call?: Partial<FunctionCall>]

const AUTHORS = { c: 'contact', a: 'agent', o: 'operator', s: 'system', f: 'agent' } as const
const NAMES = { c: null, a: 'Freya', o: 'Dana', s: null, f: 'Freya' }

/** Five seconds between entries unless told otherwise. */
export const chat = (lines: Line[], over: Partial<ConversationSnapshot> = {}, seconds = 5): ConversationSnapshot => ({
  conversationId: 'conversation-1',
  language: null,
  channelKind: 'widget',
  agentMode: 'active',
  agentName: 'Freya',
  contactName: null,
  startedAt: '2026-11-20T09:00:00.000Z',
  status: 'closed',
  ...ONLY_SAID,
  events: [],
  entries: lines.map((line, i) => entry(line, i, seconds)),
  ...over,
})

const entry = (line: Line, i: number, seconds: number): SnapshotEntry => ({
  position: i + 1,
  kind: line[0] === 'f' ? 'function_call' : 'message',
  author: AUTHORS[line[0]],
  authorName: NAMES[line[0]],
  text: line[0] === 'f' ? '' : line[1],
  at: new Date(Date.UTC(2026, 10, 20, 9) + i * seconds * 1000).toISOString(),
  functionCall:
    line[0] === 'f' ? { name: line[1], parameters: {}, result: {}, status: 'ok', durationMs: 120, ...line[2] } : null,
})

export const analyze = (
  lines: Line[],
  over: Partial<ConversationSnapshot> = {},
  options: Partial<AnalyzeOptions> = {},
): ConversationAnalysis => analyzeEmbedded(chat(lines, over), { reason: 'closed', ...options })

export const partOf = (analysis: ConversationAnalysis, key: string) => {
  const part = analysis.quality.parts.find((one) => one.key === key)
  if (!part) throw new Error(`no part ${key}`)
  return part
}

export const codesOf = (analysis: ConversationAnalysis): string[] => analysis.flags.map(({ code }) => code)
