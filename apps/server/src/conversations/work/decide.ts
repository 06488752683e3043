/** What an action changes, decided from the conversation as it is; null when there is nothing to change. */
import type { ConversationAction, Outcome, Priority } from '@earshot/contracts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { outcomeAtClose } from '../model.ts'
import type { ConversationRow, ConversationUpdate } from '../queries.ts'
import { findMember, findStage } from '../queries-names.ts'
import { storeTag } from '../view.ts'
import type { Effect } from './effect.ts'
import { findLastContactPosition, readClock } from './queries-changes.ts'

/** Every action but raising a flag, which adds a row instead of changing one. */
export type PlainAction = Exclude<ConversationAction, { type: 'flag' }>

/** What an action names, looked up once however many conversations it is decided for. */
export interface Names {
  stage(key: string): ReturnType<typeof findStage>
  member(id: string): ReturnType<typeof findMember>
}

export function namesIn(tx: Tx, ctx: Context): Names {
  const stages = new Map<string, ReturnType<typeof findStage>>()
  const members = new Map<string, ReturnType<typeof findMember>>()
  return {
    stage: (key) => once(stages, key, () => findStage(tx, ctx.workspaceId, key)),
    member: (id) => once(members, id, () => findMember(tx, ctx.workspaceId, id)),
  }
}

function once<T>(known: Map<string, T>, key: string, find: () => T): T {
  const found = known.get(key) ?? find()
  known.set(key, found)
  return found
}

export async function decide(
  tx: Tx,
  ctx: Context,
  current: ConversationRow,
  action: PlainAction,
  names: Names = namesIn(tx, ctx),
): Promise<Effect | null> {
  switch (action.type) {
    case 'stage':
      return stage(ctx, names, current, action.stage)
    case 'tags':
      return tags(current, changedTags(current.tags, action.add.map(storeTag), action.remove.map(storeTag)))
    case 'assign':
      return assign(names, current, action.assigneeId)
    case 'priority':
      return priority(current, action.priority)
    case 'outcome':
      return outcome(current, action.outcome)
    case 'snooze':
      return snooze(tx, current, action.snooze)
    case 'close':
      return current.status === 'active' ? ending(current, 'closed', 'closed') : null
    case 'archive':
      return current.status === 'archived' ? null : ending(current, 'archived', 'archived')
    case 'reopen':
      return current.status === 'active' ? null : reopening(current, 'reopened')
    case 'unarchive':
      return unarchiving(current)
    case 'read':
      return read(current)
    case 'unread':
      return unread(tx, ctx, current)
  }
}

/** An operator's choice: neither a review nor an agent overwrites it. */
async function stage(ctx: Context, names: Names, current: ConversationRow, key: string): Promise<Effect | null> {
  if (key === current.stageKey) return null
  if (!(await names.stage(key))) throw new AppError('stage.not_found')
  return {
    kind: 'stage',
    update: { stageKey: key, stageBy: ctx.actor.kind === 'agent' ? 'agent' : 'operator' },
    activity: { type: 'stage_changed', from: current.stageKey, to: key },
  }
}

const changedTags = (held: string[], add: string[], remove: string[]): string[] => [
  ...new Set([...held.filter((tag) => !remove.includes(tag)), ...add]),
]

/** Tags in full, as they should be. */
export function tags(current: ConversationRow, wanted: string[]): Effect | null {
  const next = [...new Set(wanted)]
  const added = next.filter((tag) => !current.tags.includes(tag))
  const removed = current.tags.filter((tag) => !next.includes(tag))
  if (added.length + removed.length === 0) return null
  if (next.length > 50) throw new AppError('request.invalid', { issues: [{ path: ['tags'], message: 'at most 50' }] })
  return { kind: 'tags', update: { tags: next }, activity: { type: 'tags_changed', added, removed } }
}

async function assign(names: Names, current: ConversationRow, to: string | null): Promise<Effect | null> {
  if (to === current.assigneeId) return null
  if (current.control === 'operator')
    throw new AppError('conversation.taken', { operator: { id: current.assigneeId, name: current.assigneeName } })
  const member = to === null ? null : await names.member(to)
  if (member === undefined) throw new AppError('member.not_found')
  return {
    kind: 'assign',
    update: { assigneeId: to },
    activity: { type: 'assigned', to, toName: member?.name ?? null, fromName: current.assigneeName },
  }
}

function priority(current: ConversationRow, to: Priority): Effect | null {
  const from = current.priority
  if (from === to) return null
  return { kind: 'priority', update: { priority: to }, activity: { type: 'priority_changed', from, to } }
}

function outcome(current: ConversationRow, to: Outcome | null): Effect | null {
  if (to === current.outcome && current.outcomeBy === 'operator') return null
  return {
    kind: 'outcome',
    update: { outcome: to, outcomeBy: 'operator' },
    activity: { type: 'outcome_changed', from: current.outcome, to },
  }
}

export function title(current: ConversationRow, to: string | null): Effect | null {
  if (to === current.title) return null
  return { kind: 'title', update: { title: to }, activity: { type: 'renamed', from: current.title, to } }
}

const AWAKE = { snoozedAt: null, snoozedUntil: null, snoozeUntilReply: false } as const

async function snooze(
  tx: Tx,
  current: ConversationRow,
  wish: { until: string | null; untilReply: boolean } | null,
): Promise<Effect | null> {
  if (wish === null) {
    if (!current.snoozedAt) return null
    return { kind: 'snooze', update: AWAKE, activity: { type: 'unsnoozed' } }
  }
  const now = await readClock(tx)
  const until = wish.until ? new Date(wish.until) : null
  if (until && until <= now)
    throw new AppError('request.invalid', { issues: [{ path: ['snooze', 'until'], message: 'a time to come' }] })
  return {
    kind: 'snooze',
    update: {
      snoozedAt: now,
      snoozedUntil: until,
      snoozeUntilReply: wish.untilReply,
      wokenAt: null,
      wokenBy: null,
    },
    activity: { type: 'snoozed', until: until?.toISOString() ?? null, untilReply: wish.untilReply },
  }
}

/** Is over: classified, no longer waiting, awake. */
export function ending(current: ConversationRow, status: 'closed' | 'archived', reason: string): Effect {
  const classified = current.outcome ? {} : outcomeAtClose(current, reason)
  const waits = current.handoffState === 'queued' || current.handoffState === 'offered'
  const update: ConversationUpdate = {
    status,
    handoffState: waits ? 'abandoned' : current.handoffState,
    endedAt: current.endedAt ?? new Date(),
    endReason: current.endReason ?? reason,
    ...classified,
    ...AWAKE,
  }
  const kind = status === 'closed' ? 'close' : 'archive'
  return { kind, update, activity: { type: status, reason }, floor: true, closed: reason }
}

/** Active again: the agent answers the contact's next message unless operators answer here. */
export function reopening(current: ConversationRow, type: 'reopened' | 'unarchived'): Effect {
  const queued = current.initialControl === 'queue'
  const handoff = queued
    ? { handoffState: 'queued' as const, handoffAt: new Date() }
    : { handoffState: 'none' as const }
  const update: ConversationUpdate = {
    status: 'active',
    endedAt: null,
    endReason: null,
    outcome: null,
    outcomeBy: null,
    assigneeId: null,
    control: current.initialControl,
    ...handoff,
  }
  return { kind: type === 'reopened' ? 'reopen' : 'unarchive', update, activity: { type }, floor: true }
}

/** As it was before: what the archive ended goes on; what had ended by itself is closed. */
function unarchiving(current: ConversationRow): Effect | null {
  if (current.status !== 'archived') return null
  if (current.endReason === 'archived') return reopening(current, 'unarchived')
  return { kind: 'unarchive', update: { status: 'closed' }, activity: { type: 'unarchived' }, floor: true }
}

function read(current: ConversationRow): Effect | null {
  if (current.unread === 0 && current.readPosition === current.lastPosition && !current.wokenAt) return null
  return {
    kind: 'read',
    update: { unread: 0, hasUnread: false, readPosition: current.lastPosition, wokenAt: null, wokenBy: null },
    activity: null,
  }
}

/** From the contact's last message on: the New line stands before it. */
async function unread(tx: Tx, ctx: Context, current: ConversationRow): Promise<Effect | null> {
  if (current.hasUnread) return null
  const position = (await findLastContactPosition(tx, ctx.workspaceId, current.id)) || current.lastPosition
  return {
    kind: 'unread',
    update: { unread: 1, hasUnread: true, readPosition: Math.max(0, position - 1) },
    activity: null,
  }
}
