/** Runs a command of a person: decided on the version they saw, audited, stored with what it asks of the engine, then asked. */
import { createHash } from 'node:crypto'
import type { Call, CallTicket } from '@earshot/contracts'
import { accessConversation } from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { writeAudit } from '../team/index.ts'
import { applyChange, assigneeOf, type Held, hold, modelOf } from './change-call.ts'
import { type CommandInput, decide } from './machine/index.ts'
import { findCall, findCallOf } from './queries.ts'
import { type CommandRow, findCommand, insertCommand } from './queries-commands.ts'
import { viewOne } from './read-calls.ts'
import { awaitCommand } from './settle-commands.ts'

type Given<T> = T extends unknown ? Omit<T, 'memberId' | 'name'> : never

export interface CommandOf {
  conversationId: string
  opId: string
  version: number
  /** What `refused` is compensated by, and what the audit log calls it. */
  action: CommandInput['t']
  /** All that was asked, to tell a repeat from another use of the same id. */
  body: unknown
  audit: string
  details?: Record<string, unknown>
  /** Decided under the lock. */
  inputOf(tx: Tx, held: Held): Promise<Given<CommandInput>> | Given<CommandInput>
  /** Besides, in the same transaction. */
  also?(tx: Tx, held: Held): Promise<void>
}

export interface Reached {
  call: Call
  ticket: CallTicket | null
}

export async function runCommand(ctx: Context, command: CommandOf): Promise<Reached> {
  const callId = await transact(ctx, (tx) => begin(tx, ctx, command))
  const settled = await awaitCommand(ctx, callId, command.opId)
  if (!settled) throw new AppError('call.not_found')
  return transact(ctx, async (tx) => {
    const call = await viewOne(tx, ctx, await findCall(tx, ctx.workspaceId, callId))
    if (settled.state === 'pending') throw new AppError('call.unreachable', { call })
    if (settled.state === 'refused')
      throw new AppError(settled.error === 'unreachable' ? 'call.unreachable' : 'call.not_now', {
        call,
        why: settled.error,
      })
    return { call, ticket: ticketOf(settled) }
  })
}

/** A repeat is answered with what the first one came to. */
async function begin(tx: Tx, ctx: Context, command: CommandOf): Promise<string> {
  const { workspaceId, actor } = ctx
  const { opId, action, conversationId } = command
  await accessConversation(tx, ctx, conversationId)
  const found = await findCallOf(tx, workspaceId, conversationId)
  const held = found && (await hold(tx, ctx, found.id))
  const requestHash = hashOf(ctx, command)
  const earlier = await findCommand(tx, workspaceId, opId)
  if (earlier && earlier.requestHash !== requestHash) throw new AppError('idempotency.conflict')
  if (earlier) return earlier.callId
  if (!held) throw new AppError('call.not_found')
  const { call } = held
  // What it takes to say who was faster; whoever wants all of it reads the call.
  const now = async () => {
    const { version, state, holder } = await viewOne(tx, ctx, call)
    return { call: { version, state, holder } }
  }
  if (call.version !== command.version) throw new AppError('call.changed', await now())
  const given = await command.inputOf(tx, held)
  const who = { memberId: actor.id ?? '', name: actor.name }
  const at = { at: new Date(), assigneeId: assigneeOf(held) }
  const decision = decide(modelOf(held), { ...given, ...who, ...at } as CommandInput & typeof at)
  if (decision.kind === 'refused')
    throw new AppError(decision.code, { ...(await now()), ...(decision.why && { why: decision.why }) })
  const details = { callId: call.id, state: call.state, ...command.details }
  await writeAudit(tx, ctx, command.audit, conversationId, details)
  const change = decision.kind === 'change' ? decision : undefined
  if (change) await applyChange(tx, ctx, held, change)
  await command.also?.(tx, held)
  await insertCommand(tx, {
    workspaceId,
    callId: call.id,
    opId,
    action,
    requestHash,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    steps: change?.steps ?? [],
  })
  return call.id
}

const hashOf = ({ actor }: Context, { action, conversationId, body }: CommandOf): string =>
  createHash('sha256')
    .update(JSON.stringify([actor.kind, actor.id, action, conversationId, body]))
    .digest('hex')

function ticketOf({ reply }: CommandRow): CallTicket | null {
  if (!reply) return null
  const { leg, mediaUrl, expiresAt, role } = reply
  return { leg, mediaUrl, role, expiresAt: new Date(expiresAt).toISOString() }
}
