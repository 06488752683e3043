/** Applies one fact of the hub: in one transaction with the place in its journal, so that it is applied once. */
import type { CallStroke } from '@earshot/contracts'
import type { FromAgent, HubFact, HubFactOf } from '@earshot/voice'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { type Held, hold, writeCallEvent } from './change-call.ts'
import { hearIn } from './hear.ts'
import { beatCalls, findCallWorkspace, noteCall } from './queries.ts'
import { insertCommand } from './queries-commands.ts'
import { addUsage, insertSpeech, moveCursor } from './queries-facts.ts'
import { advanceCoaching } from './queries-view.ts'
import { drainCall, systemCommand } from './settle-commands.ts'
import { takeInside } from './take-input.ts'
import { wish } from './wish.ts'

/** What was said is appended beforehand, under a key of its own: a crash between the two appends nothing twice. */
export async function applyFact(services: Services, hubId: string, fact: HubFact): Promise<void> {
  const workspaceId = await findCallWorkspace(services.db, fact.call)
  if (!workspaceId) return void (await moveCursor(services.db, hubId, fact.seq))
  const ctx = asSystem(services, workspaceId)
  if (fact.t === 'agent.said') await write(ctx, fact.call, fact.message)
  const changed = await transact(ctx, async (tx) => {
    // The cursor last: whoever locks a conversation waits for nobody who waits for the cursor.
    const held = await hold(tx, ctx, fact.call).catch(unlessGone)
    if (!(await moveCursor(tx, hubId, fact.seq)) || !held) return false
    return take(tx, ctx, held, fact, hubId)
  })
  if (fact.t === 'spoke') await hearWordless(ctx, fact)
  if (changed) await drainCall(ctx, fact.call)
}

/** Deleted in between. */
function unlessGone(error: unknown): null {
  if (error instanceof AppError && error.code === 'conversation.not_found') return null
  throw error
}

/** True when the engine has to be asked for something. */
async function take(tx: Tx, ctx: Context, held: Held, fact: HubFact, hubId: string): Promise<boolean> {
  const { workspaceId } = ctx
  const { call } = held
  await beatCalls(tx, workspaceId, [call.id])
  switch (fact.t) {
    case 'dtmf':
      await writeCallEvent(tx, ctx, call, { type: 'call_key', role: fact.role, digit: fact.digit, ms: fact.ms })
      return false
    case 'spoke':
      await noteSpoken(tx, ctx, held, fact)
      return false
    case 'coach.delivered':
      await noteCoaching(tx, ctx, held, fact.id, 'seen')
      return false
    case 'agent.said':
      return takeSaid(tx, ctx, held, fact.message)
    case 'call.started':
      if (call.hubId !== hubId) await noteCall(tx, workspaceId, call.id, { hubId })
      return takeInside(tx, ctx, held, { t: 'fact', fact }, new Date())
    default:
      return takeInside(tx, ctx, held, { t: 'fact', fact })
  }
}

async function noteCoaching(tx: Tx, ctx: Context, { call }: Held, id: string, to: 'seen' | 'applied'): Promise<void> {
  if (await advanceCoaching(tx, ctx.workspaceId, call.id, id, to))
    await record(tx, ctx.workspaceId, { type: 'call.changed', conversationId: call.conversationId, callId: call.id })
}

async function takeSaid(tx: Tx, ctx: Context, held: Held, message: FromAgent): Promise<boolean> {
  const { workspaceId } = ctx
  switch (message.t) {
    case 'coach.ack':
      await noteCoaching(tx, ctx, held, message.id, message.state)
      return false
    case 'usage': {
      const { inputTokens, outputTokens, costUsd = 0 } = message
      await addUsage(tx, workspaceId, held.conversation.id, { inputTokens, outputTokens, costUsd })
      await record(tx, workspaceId, {
        type: 'conversation.changed',
        conversationId: held.conversation.id,
        fields: ['tokensIn', 'tokensOut', 'costUsd'],
      })
      return false
    }
    case 'request': {
      const input = await wish(tx, ctx, held, message)
      if (input.t !== 'refused') return takeInside(tx, ctx, held, input)
      const steps = [{ do: 'tell', text: input.text } as const]
      await insertCommand(tx, systemCommand(workspaceId, held.call.id, 'agent', steps))
      return true
    }
    default:
      return false
  }
}

/** Words and functions of an agent elsewhere; ours writes its own. */
async function write(ctx: Context, callId: string, message: FromAgent): Promise<void> {
  if (message.t === 'text') return hearIn(ctx, callId, message)
  if (message.t !== 'tool' || message.status === 'running') return
  const held = await transact(ctx, (tx) => hold(tx, ctx, callId).catch(unlessGone))
  if (!held) return
  const { conversation } = held
  await ctx.append({
    workspaceId: ctx.workspaceId,
    conversationId: conversation.id,
    kind: 'function_call',
    author: { kind: 'agent', id: conversation.agentId, name: conversation.agentName },
    text: null,
    data: {
      functionCall: {
        name: message.name,
        parameters: message.parameters as never,
        result: (message.result ?? null) as never,
        status: message.status,
        durationMs: message.durationMs ?? null,
      },
      callId,
    },
    clientKey: `~call:${callId}:tool:${message.id}`,
    epoch: conversation.epoch,
    // It was called, whoever has the floor by now.
    origin: conversation.control === 'agent' ? 'live' : 'history',
  })
}

const VOICE = {
  caller: 'contact',
  ai: 'agent',
  supervisor: 'operator',
  human: 'operator',
  external: 'operator',
} as const
const MOST_STROKES = 120
/** A stretch of so long is drawn at its full height. */
const LONG_MS = 6000

async function noteSpoken(tx: Tx, ctx: Context, { call }: Held, fact: HubFactOf<'spoke'>): Promise<void> {
  const { role, user, startMs, endMs } = fact
  const { workspaceId } = ctx
  await insertSpeech(tx, workspaceId, call.id, { role, startMs, endMs: Math.max(startMs, endMs), memberId: user })
  const size = Math.min(1, Math.max(0.15, (endMs - startMs) / LONG_MS))
  const stroke: CallStroke = { by: VOICE[role], size: Math.round(size * 100) / 100 }
  await noteCall(tx, workspaceId, call.id, { contour: [...call.contour, stroke].slice(-MOST_STROKES) })
  await record(tx, workspaceId, { type: 'call.changed', conversationId: call.conversationId, callId: call.id })
}

/** Where nobody writes down what is said, the log says at least who spoke, and when: it can be played. */
async function hearWordless(ctx: Context, fact: HubFactOf<'spoke'>): Promise<void> {
  const { role, startMs, endMs, call: callId, user } = fact
  const held = await transact(ctx, (tx) => hold(tx, ctx, callId).catch(unlessGone))
  if (!held) return
  const { state, media } = held.call
  const isWritten =
    role === 'ai' ||
    (role === 'caller' && state !== 'human' && state !== 'transferred') ||
    (role === 'supervisor' && media.hearsAll === true)
  if (isWritten || endMs - startMs < 300) return
  await hearIn(ctx, callId, {
    utterance: `spoke:${role}:${startMs}`,
    role,
    text: null,
    final: true,
    startMs,
    endMs,
    source: 'recogniser',
    ...(user && { user }),
  })
}
