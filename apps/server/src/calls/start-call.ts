/** Start a call: its row, its conversation and the contact's leg in one transaction; then the hub is told to expect it. */
import { randomUUID } from 'node:crypto'
import type { CallPlan } from '@earshot/voice'
import { findNewestConversation, findWhoAnswers } from '../channels/index.ts'
import { findOrCreateContact } from '../contacts/index.ts'
import {
  accessConversation,
  accessLocked,
  type ConversationRow,
  reopenInside,
  startConversation,
} from '../conversations/index.ts'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import type { HubAddress } from './call-services.ts'
import { type CallRow, findByKey, insertCall, insertLeg, lockCall, lockKey, noteCall } from './queries.ts'

export interface CallStart {
  workspaceId: string
  channelId: string
  way: CallRow['way']
  direction: CallRow['direction']
  /** What names the call outside. The same key again answers the same call. */
  key: string
  lineId?: string | null | undefined
  from: { number?: string | null | undefined; name?: string | null | undefined }
  to?: string | null | undefined
  contactId?: string | null | undefined
  /** Left out: every call is a conversation of its own. */
  conversationId?: string | null | undefined
  caller: { by: 'carrier' | 'browser'; callSid?: string | undefined }
  demo?: boolean | undefined
}

export interface StartedCall {
  call: CallRow
  /** The contact's leg, and the secret its stream shows. */
  leg: string
  token: string
  hub: HubAddress
}

export async function startCall(services: Services, start: CallStart): Promise<StartedCall> {
  const ctx = asSystem(services, start.workspaceId)
  const call = await transact(ctx, (tx) => startInside(tx, ctx, start))
  const token = services.calls.tokenOf(call.id, call.callerLeg)
  if (call.state !== 'ended') await prepareCall(services, call)
  return { call, leg: call.callerLeg, token, hub: services.calls.hub() }
}

/** Tells the hub what it needs to know of a call; again, it changes nothing. Also for one that a restarted hub has lost. */
export async function prepareCall(services: Services, call: CallRow): Promise<void> {
  const plan = await planOf(services, call)
  await services.calls.engine.prepare(plan).catch((error: unknown) => {
    throw new AppError('call.unreachable', {}, { cause: error })
  })
  await notePlan(services, call, plan)
}

/** Whether somebody writes down what is said to the caller, and whether there is a recording at all. */
async function notePlan(services: Services, { workspaceId, id }: CallRow, { agent, record: records }: CallPlan) {
  await transact({ ...services, workspaceId }, async (tx) => {
    const call = await lockCall(tx, workspaceId, id)
    if (!call) return
    const media = { ...call.media, ...(agent && { hearsAll: agent.outbound }) }
    await noteCall(tx, workspaceId, id, { media, ...(!records && call.recording === 'on' && { recording: 'off' }) })
  })
}

async function planOf(services: Services, call: CallRow): Promise<CallPlan> {
  const rules = await services.calls.rulesOf(services, call.workspaceId, call.lineId)
  const { by, callSid } = call.media as { by: 'carrier' | 'browser'; callSid?: string }
  const speaks = call.state === 'ringing' || call.state === 'ai'
  const agent = speaks ? await services.calls.agentPlanOf(services, call) : null
  const token = services.calls.tokenOf(call.id, call.callerLeg)
  return {
    call: call.id,
    workspace: call.workspaceId,
    caller: { leg: call.callerLeg, token, by, ...(callSid !== undefined && { callSid }) },
    waitMs: 60_000,
    agent,
    floor: agent ? 'ai' : 'hold',
    record: rules.record,
    announcement: call.answeredAt ? null : rules.announcement,
    apologies: { filler: null, farewell: null },
    limits: { listeners: rules.listeners, maxMinutes: rules.maxMinutes, reconnectMs: 10_000 },
  }
}

async function startInside(tx: Tx, ctx: Context, start: CallStart): Promise<CallRow> {
  const { workspaceId } = ctx
  await lockKey(tx, start.way, start.key)
  const known = await findByKey(tx, workspaceId, start.way, start.key)
  if (known) return known
  const conversation = await conversationFor(tx, ctx, start)
  const callerLeg = randomUUID()
  const call = await insertCall(tx, {
    workspaceId,
    conversationId: conversation.id,
    direction: start.direction,
    way: start.way,
    lineId: start.lineId ?? null,
    key: start.key,
    fromNumber: start.from.number ?? null,
    fromName: start.from.name ?? null,
    toNumber: start.to ?? null,
    agentId: conversation.control === 'agent' ? conversation.agentId : null,
    callerLeg,
    demo: start.demo ?? false,
    epoch: conversation.epoch,
    media: { ...start.caller },
  })
  await insertLeg(tx, {
    workspaceId,
    callId: call.id,
    id: callerLeg,
    role: 'caller',
    label: start.from.name ?? start.from.number ?? null,
    by: start.caller.by,
  })
  await record(tx, workspaceId, { type: 'call.changed', conversationId: conversation.id, callId: call.id })
  return call
}

async function conversationFor(tx: Tx, ctx: Context, start: CallStart): Promise<ConversationRow> {
  if (start.conversationId) {
    const current = await accessLocked(tx, ctx, start.conversationId)
    if (current.status !== 'active') await reopenInside(tx, ctx, current)
    return accessConversation(tx, ctx, current.id)
  }
  const who = await findWhoAnswers(tx, ctx.workspaceId, start.channelId)
  if (!who) throw new AppError('channel.not_found')
  const contactId = start.contactId ?? (await contactFor(tx, ctx, start))
  const newest = await findNewestConversation(tx, ctx.workspaceId, contactId, start.channelId)
  const begun = { channelId: start.channelId, contactId, previousId: newest?.id ?? null, ...who }
  const { id } = await startConversation(ctx, tx, begun)
  return accessConversation(tx, ctx, id)
}

/** Who calls from the same number is the same contact; who withholds it is somebody new. */
async function contactFor(tx: Tx, ctx: Context, { from }: CallStart): Promise<string> {
  const { number = null, name = null } = from
  const point = number ? { kind: 'phone', value: number } : null
  return (await findOrCreateContact(tx, ctx.workspaceId, point, { name, phone: number })).id
}
