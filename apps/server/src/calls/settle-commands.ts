/** Settles what was written down to be asked of the engine: in order for each call, again until it is done or refused. */
import { randomUUID } from 'node:crypto'
import { EngineRefusal } from '@earshot/voice'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { askEngine, mustSucceed } from './ask-engine.ts'
import { applyChange, assigneeOf, hold, modelOf } from './change-call.ts'
import { decide, type Input } from './machine/index.ts'
import { type CallRow, findCall, findLegs, type LegRow } from './queries.ts'
import {
  type CommandRow,
  claimCommand,
  findCommand,
  findDueCommands,
  insertCommand,
  noteStep,
  putOff,
  type StoredTicket,
  settle,
} from './queries-commands.ts'
import { advanceCoaching } from './queries-view.ts'

/** While one node asks, no other does; one that died is followed after this. */
const LEASE_SECONDS = 10
const MOST_TRIES = 7
const WAIT_MS = 4000
const LOOK_MS = 25

/** Asks for everything of a call that is due now. Never throws for what an engine says: that is written down. */
export async function drainCall(ctx: Context, callId: string): Promise<void> {
  for (;;) {
    const claimed = await transact(ctx, (tx) => claimCommand(tx, ctx.workspaceId, callId, LEASE_SECONDS))
    if (!claimed || !(await askAll(ctx, claimed))) return
  }
}

/** The same until this one is settled, for whoever waits for it; it may be asked by another node. */
export async function awaitCommand(ctx: Context, callId: string, opId: string): Promise<CommandRow | undefined> {
  const until = performance.now() + WAIT_MS
  for (;;) {
    await drainCall(ctx, callId)
    const row = await transact(ctx, (tx) => findCommand(tx, ctx.workspaceId, opId))
    if (row?.state !== 'pending' || performance.now() > until) return row
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

/** A sweep: what a node left behind, and what an engine could not be reached for. */
export async function settleDue(services: Services): Promise<void> {
  for (const { workspaceId, opId } of await findDueCommands(services.db, 200)) {
    const ctx = asSystem(services, workspaceId)
    const row = await transact(ctx, (tx) => findCommand(tx, workspaceId, opId))
    if (row?.state === 'pending') await drainCall(ctx, row.callId)
  }
}

/** False: it has to be tried again later. */
async function askAll(ctx: Context, command: CommandRow): Promise<boolean> {
  const { opId, callId } = command
  const read = await transact(ctx, (tx) => readCall(tx, ctx, callId))
  if (!read) return transact(ctx, (tx) => settle(tx, ctx.workspaceId, opId, 'refused', 'gone'))
  for (let index = command.done; index < command.steps.length; index++) {
    const step = command.steps[index]!
    try {
      const { ticket, delivered } = await askEngine(ctx, read.call, read.legs, step, { opId, index })
      await transact(ctx, (tx) => noteStep(tx, ctx.workspaceId, opId, index + 1, ticket))
      if (step.do === 'coach' && delivered === false) await noteUndeliverable(ctx, read.call, step.id)
    } catch (error) {
      const refusal = error instanceof EngineRefusal ? error.code : null
      if (refusal && !mustSucceed(step)) continue
      if (!refusal && command.attempts < MOST_TRIES) {
        await transact(ctx, (tx) => putOff(tx, ctx.workspaceId, opId, 0.25 * 2 ** command.attempts, 'unreachable'))
        return false
      }
      await refuse(ctx, command, refusal ?? 'unreachable')
      return true
    }
  }
  return transact(ctx, (tx) => settle(tx, ctx.workspaceId, opId, 'done', null))
}

async function readCall(
  tx: Tx,
  { workspaceId }: Context,
  callId: string,
): Promise<{ call: CallRow; legs: LegRow[] } | null> {
  const call = await findCall(tx, workspaceId, callId)
  return call ? { call, legs: await findLegs(tx, workspaceId, [callId]) } : null
}

async function noteUndeliverable(ctx: Context, call: CallRow, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    if (await advanceCoaching(tx, ctx.workspaceId, call.id, id, 'undeliverable'))
      await record(tx, ctx.workspaceId, { type: 'call.changed', conversationId: call.conversationId, callId: call.id })
  })
}

/** What was written down beforehand is taken back, in the transaction that says so. */
async function refuse(ctx: Context, command: CommandRow, code: string): Promise<void> {
  const { workspaceId } = ctx
  const { opId, callId, action } = command
  await transact(ctx, async (tx) => {
    const held = await hold(tx, ctx, callId)
    if (!(await settle(tx, workspaceId, opId, 'refused', code)) || !held) return
    const leg = legOfSteps(command)
    const input: Input = {
      t: 'failed',
      action: action as Extract<Input, { t: 'failed' }>['action'],
      leg,
      code,
      at: new Date(),
      assigneeId: assigneeOf(held),
    }
    const decision = decide(modelOf(held), input)
    if (decision.kind !== 'change') return
    await applyChange(tx, ctx, held, decision)
    await insertCommand(tx, systemCommand(workspaceId, callId, 'agent', decision.steps))
  })
}

/** The leg an operation brought in, if it did. */
function legOfSteps({ steps, action }: CommandRow): string | null {
  const brings = ['listen', 'takeover', 'transfer', 'answer'].includes(action)
  const step = brings && steps.find((one) => one.do === 'attach' || one.do === 'expect')
  return step && 'leg' in step ? step.leg : null
}

/** What nobody asked for by name. */
export const systemCommand = (
  workspaceId: string,
  callId: string,
  action: string,
  steps: CommandRow['steps'],
): Parameters<typeof insertCommand>[1] => ({
  workspaceId,
  callId,
  opId: randomUUID(),
  action,
  requestHash: '',
  actorKind: 'system',
  actorId: null,
  actorName: null,
  steps,
})

export type { StoredTicket }
