/** A past conversation as questions, each with what came of it then. */
import type { FunctionCall, ReplayTurn } from '@earshot/contracts'
import type { TurnEntry } from '../queries-turns.ts'

export interface PastTurn {
  /** The contact's messages that were waiting together. */
  asked: TurnEntry[]
  before: ReplayTurn['before']
  /** What was called to answer it. */
  calls: FunctionCall[]
}

const isMessageOf = (entry: TurnEntry, author: TurnEntry['authorKind']): boolean =>
  entry.kind === 'message' && entry.authorKind === author

export function pastTurns(entries: TurnEntry[]): PastTurn[] {
  const turns: { asked: TurnEntry[]; after: TurnEntry[] }[] = []
  for (const entry of entries) {
    const last = turns.at(-1)
    if (!isMessageOf(entry, 'contact')) last?.after.push(entry)
    else if (last && !last.after.some(isAnswer)) last.asked.push(entry)
    else turns.push({ asked: [entry], after: [] })
  }
  return turns.map(({ asked, after }) => ({ asked, before: sideOf(after), calls: callsIn(after) }))
}

const isAnswer = (entry: TurnEntry): boolean =>
  isMessageOf(entry, 'agent') || isMessageOf(entry, 'operator') || handoffIn(entry) !== null

function sideOf(after: TurnEntry[]): PastTurn['before'] {
  const said = after.filter((entry) => isMessageOf(entry, 'agent') || isMessageOf(entry, 'operator'))
  const first = said[0]?.authorKind
  return {
    text: said.length > 0 ? said.map((entry) => entry.text ?? '').join('\n\n') : null,
    by: first === 'agent' || first === 'operator' ? first : 'nobody',
    handoff: after.map(handoffIn).find((reason) => reason !== null) ?? null,
    unanswered: said.some((entry) => entry.data?.answer?.kind === 'not_found'),
  }
}

const handoffIn = ({ kind, data }: TurnEntry): string | null =>
  kind === 'activity' && data?.type === 'handoff_requested' ? String(data.reason ?? '') : null

const callsIn = (entries: TurnEntry[]): FunctionCall[] =>
  entries.flatMap((entry) =>
    entry.kind === 'function_call' && entry.data?.functionCall ? [entry.data.functionCall] : [],
  )
