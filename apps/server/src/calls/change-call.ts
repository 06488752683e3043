/** One change of a call: its row, its legs, its conversation, the log and the feed, in the caller's transaction. */
import { createHash } from 'node:crypto'
import {
  accessLocked,
  appendInside,
  type ConversationRow,
  closeInside,
  giveFloor,
  requestHandoffInside,
  updateConversation,
} from '../conversations/index.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { writeAudit } from '../team/index.ts'
import { brokenRules, type CallEvent, type Change, type LegChange, type Model, type Talk } from './machine/index.ts'
import { outcomeOf } from './outcome.ts'
import {
  advanceCall,
  type CallRow,
  endLegs,
  findCall,
  findLegs,
  insertLeg,
  type LegRow,
  lockCall,
  noteCall,
  updateLeg,
} from './queries.ts'

/** A call with all that a decision needs, locked until the transaction ends. */
export interface Held {
  call: CallRow
  legs: LegRow[]
  conversation: ConversationRow
}

/** The conversation first, then the call: everybody locks in this order. Null: it is gone. */
export async function hold(tx: Tx, ctx: Context, callId: string): Promise<Held | null> {
  const found = await findCall(tx, ctx.workspaceId, callId)
  if (!found) return null
  const conversation = await accessLocked(tx, ctx, found.conversationId)
  const call = await lockCall(tx, ctx.workspaceId, callId)
  if (!call) return null
  // It was merged meanwhile; whoever asks comes again.
  if (call.conversationId !== conversation.id) throw new AppError('unavailable')
  return { call, legs: await findLegs(tx, ctx.workspaceId, [callId]), conversation }
}

export const modelOf = ({ call, legs }: Pick<Held, 'call' | 'legs'>): Model => ({ ...call, legs })

export const assigneeOf = ({ conversation }: Held): string | null =>
  conversation.control === 'operator' ? conversation.assigneeId : null

/** Stores it, and answers the call as it is then. A change that would break a rule of the machine is a defect, and is not stored. */
export async function applyChange(tx: Tx, ctx: Context, held: Held, change: Change): Promise<Held> {
  const { workspaceId } = ctx
  const { call, conversation } = held
  const next = after(held, change)
  const broken = brokenRules(modelOf(next))
  if (broken.length > 0) throw new Error(`a call's state would break: ${broken.join('; ')}`)
  for (const leg of change.legs) await storeLeg(tx, call, leg)
  if (change.call.state === 'ended') await endLegs(tx, workspaceId, call.id, 'call_ended')
  await auditListeners(tx, ctx, held, next)
  if (change.talk) await tellConversation(tx, ctx, held, change.talk)
  for (const event of change.events) await writeCallEvent(tx, ctx, call, event)
  const noted = Object.keys(change.call)
  const isState = noted.some((key) => key !== 'recording')
  if (noted.length > 0) await (isState ? advanceCall : noteCall)(tx, workspaceId, call.id, change.call)
  await record(tx, workspaceId, { type: 'call.changed', conversationId: conversation.id, callId: call.id })
  return { ...next, call: { ...next.call, version: call.version + (isState ? 1 : 0) } }
}

/** Who listened, until when: also of those who were cut off. */
async function auditListeners(tx: Tx, ctx: Context, held: Held, next: Held): Promise<void> {
  const isOver = next.call.state === 'ended'
  for (const { id, role, memberId, label, state } of held.legs) {
    const still = next.legs.find((leg) => leg.id === id)?.state === 'live' && !isOver
    if (role !== 'listener' || state !== 'live' || still || !memberId) continue
    const actor = { kind: 'operator', id: memberId, name: label, role: 'supervisor', scopes: [] } as const
    const { workspaceId } = ctx
    await writeAudit(tx, { workspaceId, actor }, 'call.listening_ended', held.conversation.id, { callId: held.call.id })
  }
}

function after(held: Held, { call, legs }: Change): Held {
  const now = new Map(held.legs.map((leg) => [leg.id, leg]))
  for (const { id, add, role, state, reason, detail } of legs) {
    const known = now.get(id) ?? blank(held.call, id, add)
    now.set(id, {
      ...known,
      ...(role && { role }),
      ...(state && { state }),
      ...(reason !== undefined && { reason }),
      ...(detail !== undefined && { detail }),
    })
  }
  return { ...held, call: { ...held.call, ...call }, legs: [...now.values()] }
}

const blank = ({ workspaceId, id: callId }: CallRow, id: string, add: LegChange['add']): LegRow => ({
  workspaceId,
  callId,
  id,
  role: add?.role ?? 'listener',
  memberId: add?.memberId ?? null,
  label: add?.label ?? null,
  by: add?.by ?? 'browser',
  state: 'expected',
  reason: null,
  detail: null,
  since: new Date(),
  createdAt: new Date(),
})

async function storeLeg(tx: Tx, { workspaceId, id: callId }: CallRow, leg: LegChange): Promise<void> {
  const { id, add, role, state, reason, detail } = leg
  if (add) await insertLeg(tx, { workspaceId, callId, id, ...add, state: state ?? 'expected' })
  if (add && !role && reason === undefined) return
  const since = state === undefined ? {} : { state, since: new Date() }
  const change = {
    ...since,
    ...(role && { role }),
    ...(reason !== undefined && { reason }),
    ...(detail !== undefined && { detail }),
  }
  if (Object.keys(change).length > 0) await updateLeg(tx, workspaceId, callId, id, change)
}

export async function writeCallEvent(tx: Tx, ctx: Context, call: CallRow, event: CallEvent): Promise<void> {
  const { kind, id, name } = ctx.actor
  await appendInside(tx, {
    workspaceId: ctx.workspaceId,
    conversationId: call.conversationId,
    kind: 'call_event',
    author: { kind: 'system', id: null, name: null },
    text: null,
    data: { ...event, callId: call.id, by: { kind, id, name } },
  })
}

/** The conversation follows in the same transaction; what it is already is not done again. */
async function tellConversation(tx: Tx, ctx: Context, held: Held, talk: Talk): Promise<void> {
  const { conversation } = held
  const { id, control } = conversation
  if (talk.to === 'over') return endConversation(tx, ctx, held, talk)
  if (conversation.status !== 'active') return
  if (talk.to === 'queue') {
    const { reason, by, skills } = talk
    await requestHandoffInside(tx, ctx, conversation, { reason, by, ...(skills?.length && { skills }) })
  } else if (talk.to === 'paused') {
    if (control !== 'paused')
      await giveFloor(tx, ctx, id, { control: 'paused', assigneeId: null }, { type: 'paused', from: control })
  } else if (talk.to === 'agent') {
    if (control !== 'agent') await giveToAgent(tx, ctx, conversation, talk.note)
  } else if (control !== 'operator' || conversation.assigneeId !== talk.memberId) {
    await giveToOperator(tx, actingAs(ctx, held, talk.memberId), conversation, talk.memberId)
  }
}

/** A telephone that is answered acts for whom it was rung. */
function actingAs(ctx: Context, { legs }: Held, memberId: string): Context {
  if (ctx.actor.id === memberId) return ctx
  const name = legs.findLast((leg) => leg.memberId === memberId)?.label ?? null
  return { ...ctx, actor: { ...ctx.actor, kind: 'operator', id: memberId, name } }
}

async function giveToOperator(tx: Tx, ctx: Context, current: ConversationRow, assigneeId: string): Promise<void> {
  const waited = current.handoffState === 'queued' || current.handoffState === 'offered'
  await giveFloor(
    tx,
    ctx,
    current.id,
    { control: 'operator', assigneeId, ...(waited && { handoffState: 'accepted' }) },
    { type: 'taken_over', from: current.control },
  )
}

async function giveToAgent(tx: Tx, ctx: Context, current: ConversationRow, note: string | null): Promise<void> {
  const handoffState = current.handoffState === 'none' ? 'none' : 'returned'
  const brief = { spoke: current.assigneeName, unanswered: current.firstUnansweredAt !== null, note }
  await giveFloor(
    tx,
    ctx,
    current.id,
    { control: 'agent', assigneeId: null, handoffState },
    { type: 'handed_back', from: current.control, brief },
    note,
  )
}

async function endConversation(
  tx: Tx,
  ctx: Context,
  { conversation }: Held,
  over: Talk & { to: 'over' },
): Promise<void> {
  if (conversation.status !== 'active') return
  await closeInside(tx, ctx, conversation, over.reason)
  if (conversation.outcome === null)
    await updateConversation(tx, ctx.workspaceId, conversation.id, outcomeOf(conversation, over))
}

/** Of the steps of one operation each has a name of its own, the same whenever it is asked again. */
export function stepId(opId: string, step: number): string {
  const hex = createHash('sha256').update(`${opId}/${step}`).digest('hex')
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
