/** Reconcile: what the hub carries and what the database says, brought together. The hub is right about media, the database about rights. */
import type { EngineCall, HubFact } from '@earshot/voice'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import { type Held, hold } from './change-call.ts'
import { beatCalls, findCallsAtWork, findCallWorkspace, findSilentCalls } from './queries.ts'
import { hasPending } from './queries-commands.ts'
import { drainCall } from './settle-commands.ts'
import { prepareCall } from './start-call.ts'
import { takeInput, takeInside } from './take-input.ts'

/** So long may a call be known to no hub before it is over. */
const SILENT_SECONDS = 60

/** Called when a node begins to follow the hub, and every now and then. `settled`: up to there its facts are applied. */
export async function reconcile(services: Services, settled = Number.POSITIVE_INFINITY): Promise<void> {
  const carried = await services.calls.engine.list()
  const running = await findCallsAtWork(services.db)
  const known = new Set(running.map(({ id }) => id))
  for (const call of carried) if (!known.has(call.call) && call.state !== 'ended') await hangUpOrphan(services, call)
  for (const { workspaceId, id } of running) {
    const ctx = asSystem(services, workspaceId)
    await one(ctx, id, settled).catch((error: unknown) =>
      services.log.warn({ err: error, callId: id }, 'a call could not be reconciled; it is tried again'),
    )
  }
}

/** Deleted, or over long since: nobody may be left on the line. */
async function hangUpOrphan({ calls, db, log }: Services, { call }: EngineCall): Promise<void> {
  log.info(
    { callId: call, known: (await findCallWorkspace(db, call)) !== null },
    'a call of the hub belongs to nobody; it is hung up',
  )
  await calls.engine.hangup(call, 'gone', call).catch(() => {})
}

async function one(ctx: Context, callId: string, settled: number): Promise<void> {
  await followConversation(ctx, callId)
  await drainCall(ctx, callId)
  // The row first: what the hub says afterwards is newer, and what is newer still comes as a fact.
  const { held, wasQuiet } = await transact(ctx, async (tx) => ({
    held: await hold(tx, ctx, callId),
    wasQuiet: !(await hasPending(tx, ctx.workspaceId, callId)),
  }))
  if (!held || held.call.state === 'ended') return
  const carried = await ctx.calls.engine.snapshot(callId)
  if (!carried) return lost(ctx, callId)
  if (carried.state !== 'ended') await transact(ctx, (tx) => beatCalls(tx, ctx.workspaceId, [callId]))
  for (const fact of missingFacts(held, carried)) await takeInput(ctx, callId, { t: 'fact', fact })
  // Before the snapshot and after it nothing may have been on its way to the hub: else the snapshot is of another moment.
  if (!wasQuiet || carried.state !== 'live' || carried.seq > settled) return
  const changed = await transact(ctx, async (tx) => {
    const now = await hold(tx, ctx, callId)
    // Something is on its way that explains the difference.
    if (now?.call.version !== held.call.version || (await hasPending(tx, ctx.workspaceId, callId))) return false
    return takeInside(tx, ctx, now, { t: 'floorIs', by: carried.floor.by })
  })
  if (changed) await drainCall(ctx, callId)
}

/** The conversation may have changed by another door while nobody looked. Read and followed under one lock: a moment later it may differ. */
export async function followConversation(ctx: Context, callId: string): Promise<void> {
  const changed = await transact(ctx, async (tx) => {
    const held = await hold(tx, ctx, callId)
    if (!held || held.call.state === 'ended') return false
    const { control, status, blocked } = held.conversation
    return takeInside(tx, ctx, held, { t: 'control', control, open: status === 'active' && !blocked })
  })
  if (changed) await drainCall(ctx, callId)
}

/** A restarted hub is told of the call anew; its contact may still come back. One that stays silent is over. */
async function lost(ctx: Context, callId: string): Promise<void> {
  const { workspaceId } = ctx
  const silent = await transact(ctx, (tx) => findSilentCalls(tx, workspaceId, SILENT_SECONDS))
  if (silent.includes(callId)) return void (await takeInput(ctx, callId, { t: 'silent' }))
  await takeInput(ctx, callId, { t: 'mediaLost' })
  const held = await transact(ctx, (tx) => hold(tx, ctx, callId))
  if (held && held.call.state !== 'ended') await prepareCall(ctx, held.call)
}

/** What the hub's snapshot says and no fact has told: told now, as if it had. */
function missingFacts({ call, legs }: Held, carried: EngineCall): HubFact[] {
  const told = { seq: 1, call: call.id, at: Date.now(), ms: carried.nowMs }
  if (carried.state === 'ended') return [{ ...told, t: 'call.ended', reason: 'caller_lost', detail: null }]
  const facts: HubFact[] = []
  for (const leg of legs) {
    const there = carried.legs.find((one) => one.leg === leg.id)
    const isHere = leg.state === 'live' || leg.state === 'ringing'
    const isGone = !there || ['lost', 'failed', 'left'].includes(there.state)
    // Legs of the agent come and go by the hub's own redialling; a leg that is expected is told by its socket.
    if (leg.role === 'caller' || !isHere || !isGone) continue
    const { id, role, memberId: user } = leg
    if (leg.state === 'ringing')
      facts.push({ ...told, t: 'leg.failed', leg: id, role, reason: there?.end ?? 'failed', detail: null })
    else facts.push({ ...told, t: 'leg.left', leg: id, role, user, reason: there?.end ?? 'lost' })
  }
  return facts
}

/** The hub answers nobody: calls that had no beat for so long are over. */
export async function endSilent(services: Services): Promise<void> {
  const running = await findCallsAtWork(services.db)
  for (const workspaceId of new Set(running.map((call) => call.workspaceId))) {
    const ctx = asSystem(services, workspaceId)
    for (const id of await transact(ctx, (tx) => findSilentCalls(tx, workspaceId, SILENT_SECONDS)))
      await takeInput(ctx, id, { t: 'silent' })
  }
}
