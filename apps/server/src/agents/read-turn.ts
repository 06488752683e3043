/** Reads what a turn needs: the conversation's end, what is unanswered, who answers, and what the team left for the agent. */
import type { FunctionCall, HandoffReason, JsonValue } from '@earshot/contracts'
import { searchKnowledge } from '../knowledge/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import type { AnswerNote, Handoff, Question, Said } from './answer.ts'
import { chooseLanguage } from './contact-language.ts'
import { type Language, say } from './own-words.ts'
import type { Brief } from './prompt.ts'
import { type AgentRow, findAgent } from './queries.ts'
import { findTurnConversation, markVersion, type TurnConversation } from './queries-place.ts'
import { type Claim, findLastEntries, findStageKeys, type TurnEntry } from './queries-turns.ts'
import type { Acting } from './to-answer.ts'
import { type BudgetSpan, budgetUsedUp, mayAnswerNow, readFacts } from './turn-place.ts'

export interface OpenTurn {
  epoch: number
  agent: AgentRow
  /** The newest message it answers. */
  through: number
  question: Question
  brief: Brief
  /** The answer, if this very turn was answered before a crash. */
  stored: TurnEntry | undefined
  acting?: Acting
  /** Which budget of the agent is used up. */
  usedUp: BudgetSpan | null
  /** How much longer the contact may wait before a person is called; null: as long as it takes. */
  patienceMs: number | null
}

/** `over`: nobody waits for the agent any more. `nobody`: somebody waits, and there is no agent who could answer. */
export type TurnState =
  | { kind: 'open'; turn: OpenTurn }
  | { kind: 'over' }
  | { kind: 'nobody'; epoch: number; handoff: Handoff }

const MOST_ENTRIES = 120

export function readTurn(ctx: Context, claim: Claim): Promise<TurnState> {
  return transact(ctx, async (tx) => {
    const conversation = await findTurnConversation(tx, ctx.workspaceId, claim.conversationId)
    const isOurs = conversation?.status === 'active' && conversation.control === 'agent' && !conversation.blocked
    if (!isOurs) return { kind: 'over' }
    const entries = await findLastEntries(tx, ctx.workspaceId, claim.conversationId, MOST_ENTRIES)
    const through = entries.findLast((entry) => isSaidBy(entry, 'contact'))?.position
    if (through === undefined) return { kind: 'over' }
    const found = conversation.agentId ? await findAgent(tx, ctx.workspaceId, conversation.agentId) : undefined
    // An agent that names no company speaks for the workspace.
    const agent = found && { ...found, company: found.company ?? conversation.workspaceName }
    if (!agent || agent.archivedAt || agent.mode === 'passive')
      return { kind: 'nobody', epoch: conversation.epoch, handoff: leave('agent_unavailable', agent, entries) }
    const stored = entries.find((entry) => entry.clientKey === turnKey(through))
    if (!stored && !(await mayAnswerNow(tx, ctx, agent.config)))
      return { kind: 'nobody', epoch: conversation.epoch, handoff: leave('out_of_hours', agent, entries) }
    if (conversation.agentVersion !== agent.currentVersion)
      await markVersion(tx, ctx.workspaceId, claim.conversationId, agent.currentVersion)
    const turn = openTurn(ctx, agent, conversation.epoch, through, entries, stored)
    const facts = await readFacts(tx, agent, claim.conversationId, conversation, turn.question.unanswered)
    const memory = { known: conversation.memory as Record<string, JsonValue>, fields: agent.config.memoryFields }
    const stages = agent.config.functions.length > 0 ? await findStageKeys(tx, ctx.workspaceId) : []
    const brief = { ...turn.brief, memory, calls: callsIn(entries, 0) }
    return {
      kind: 'open',
      turn: {
        ...turn,
        brief,
        question: { ...turn.question, facts },
        acting: { flow: null, stages, earlier: callsIn(entries, spoken(entries)) },
        usedUp: await budgetUsedUp(tx, agent, conversation),
        patienceMs: patienceOf(agent, conversation),
      },
    }
  })
}

/** To people, in the agent's words as far as there is one. */
function leave(reason: HandoffReason, agent: AgentRow | undefined, entries: TurnEntry[]): Handoff {
  const { announcement = '', skills = [] } = agent?.config.handoff ?? {}
  return { reason, by: 'rule', announcement: announcement.trim() || say(languageIn(entries), 'handoffAsked'), skills }
}

function patienceOf({ config }: AgentRow, { waitedMs }: TurnConversation): number | null {
  const { on, seconds } = config.handoff.waitingTooLong
  return on && waitedMs !== null ? Math.max(0, seconds * 1000 - waitedMs) : null
}

/** Where somebody of ours spoke last: calls after it belong to an answer that was not given. */
const spoken = (entries: TurnEntry[]): number =>
  entries.findLast((entry) => isSaidBy(entry, 'agent') || isSaidBy(entry, 'operator'))?.position ?? 0

const callsIn = (entries: TurnEntry[], after: number): FunctionCall[] =>
  entries.flatMap((entry) =>
    entry.kind === 'function_call' && entry.position > after && entry.data?.functionCall
      ? [entry.data.functionCall]
      : [],
  )

/** One answer for each message waited for, whoever tries, however often: the log refuses the second. */
export const turnKey = (through: number): string => `turn:${through}`

/** What an answer to this end of a conversation is made from. */
export function openTurn(
  ctx: Context,
  agent: AgentRow,
  epoch: number,
  through: number,
  entries: TurnEntry[],
  stored: TurnEntry | undefined,
): OpenTurn {
  const answered = answeredThrough(entries)
  const said = entries.filter((entry) => entry.kind === 'message' && entry.authorKind !== 'system').map(toSaid)
  const waits = (line: Said) => line.author === 'contact' && line.position > answered
  const search = (question: string, limit?: number) =>
    transact(ctx, (tx: Tx) =>
      searchKnowledge(tx, question, {
        ...(limit ? { limit } : {}),
        language: agent.config.profile.languages[0],
        folderIds: foldersOf(agent),
      }),
    )
  return {
    epoch,
    agent,
    through,
    stored,
    question: { agent, history: said.filter((line) => !waits(line)), unanswered: said.filter(waits), search },
    brief: readBrief(entries),
    usedUp: null,
    patienceMs: null,
  }
}

/** A caller who waited for a person and got none has said nothing since: what they said before must not queue them again. */
function cameBackAlone(entries: TurnEntry[], back: TurnEntry): boolean {
  const said = entries.findLast((entry) => isSaidBy(entry, 'contact'))
  return back.data?.from === 'queue' && said?.data?.call !== undefined && said.position < back.position
}

/** Undefined: all articles. */
export const foldersOf = ({ config: { knowledge } }: Pick<AgentRow, 'config'>): string[] | undefined =>
  knowledge.scope === 'all' ? undefined : knowledge.scope === 'none' ? [] : knowledge.folderIds

function answeredThrough(entries: TurnEntry[]): number {
  const answer = entries.findLast((entry) => isSaidBy(entry, 'agent') || isSaidBy(entry, 'operator'))
  const named = /^turn:(\d{1,9})$/.exec(answer?.clientKey ?? '')
  return named ? Number(named[1]) : (answer?.position ?? 0)
}

const isSaidBy = (entry: TurnEntry, author: TurnEntry['authorKind']): boolean =>
  entry.kind === 'message' && entry.authorKind === author

function toSaid(entry: TurnEntry): Said {
  const author = entry.authorKind === 'contact' || entry.authorKind === 'operator' ? entry.authorKind : 'agent'
  const files: unknown = entry.data?.attachments
  const names = Array.isArray(files)
    ? files.map((file: { name?: unknown }) => `[attachment: ${String(file.name ?? 'file').slice(0, 100)}]`)
    : []
  return {
    position: entry.position,
    author,
    name: entry.authorName,
    text: [textOf(entry), ...names].filter(Boolean).join('\n'),
    note: readNote(entry.data?.answer),
  }
}

/** Of an answer that a caller interrupted, what they heard of it: the agent must not believe that the rest was said. */
function textOf({ text, data }: TurnEntry): string {
  const { interrupted, heard } = data?.call ?? {}
  if (interrupted !== true || typeof heard !== 'string') return text ?? ''
  return `${heard}… [interrupted by the customer, who heard no more of this]`
}

function readNote(note: unknown): AnswerNote | null {
  if (typeof note !== 'object' || note === null || !('kind' in note)) return null
  return note as AnswerNote
}

const languageIn = (entries: TurnEntry[]): Language =>
  chooseLanguage(
    entries
      .filter((entry) => isSaidBy(entry, 'contact'))
      .map((entry) => entry.text ?? '')
      .reverse(),
    [],
  )

/** Since the agent last spoke: a hand-back with its note, and coaching. */
function readBrief(entries: TurnEntry[]): Brief {
  const since = entries.findLast((entry) => isSaidBy(entry, 'agent'))?.position ?? 0
  const recent = entries.filter((entry) => entry.position > since)
  const back = recent.findLast((entry) => entry.kind === 'activity' && entry.data?.type === 'handed_back')
  const spoke: unknown = back?.data?.brief?.spoke
  return {
    handBack: back
      ? { spoke: typeof spoke === 'string' ? spoke : null, note: back.text, nobodyFree: cameBackAlone(entries, back) }
      : null,
    coaching: recent.filter((entry) => entry.kind === 'coaching' && entry.text).map((entry) => entry.text!),
  }
}
