/** Tends callers who wait for a person: tells them their place, takes back claims that nobody answers, and ends the wait by the rules. */
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { type Held, hold } from './change-call.ts'
import type { Step } from './machine/index.ts'
import { type CallRow, findCallsAtWork, findRunningCalls, noteCall } from './queries.ts'
import { insertCommand } from './queries-commands.ts'
import { findPositions } from './queries-view.ts'
import { drainCall, systemCommand } from './settle-commands.ts'
import { takeInside } from './take-input.ts'

/** Who claimed a caller comes to the telephone within this. */
const CLAIM_MS = 30_000
const SAY_EVERY_MS = 45_000
/** Long enough for the sentence; then the music goes on. */
const SAID_MS = 8000
/** A message may take so long. */
const VOICEMAIL_MS = 90_000

/** A sweep, safe to run twice at once: each call is looked at under its lock. */
export async function tendQueuedCalls(services: Services): Promise<void> {
  const workspaces = new Set((await findCallsAtWork(services.db)).map(({ workspaceId }) => workspaceId))
  for (const workspaceId of workspaces) {
    const ctx = asSystem(services, workspaceId)
    const calls = await transact(ctx, (tx) => findRunningCalls(tx, workspaceId))
    for (const { id } of calls.filter(({ state }) => state === 'queued')) await tend(ctx, id)
  }
}

/** Where a wait is: what was done last, and when. Kept in the row, so that any node goes on. */
type Waiting = { step: 'claimed' | 'said' | 'music' | 'voicemail'; at: number }
const read = ({ queueStep }: CallRow): Waiting | null => {
  const [step, at] = queueStep?.split(' ') ?? []
  return step && at ? { step: step as Waiting['step'], at: Date.parse(at) } : null
}
const note = (step: Waiting['step']): string => `${step} ${new Date().toISOString()}`

async function tend(ctx: Context, callId: string): Promise<void> {
  const due = await transact(ctx, async (tx) => {
    const held = await hold(tx, ctx, callId)
    return held?.call.state === 'queued' ? tendInside(tx, ctx, held) : null
  })
  if (due === 'drain') return drainCall(ctx, callId)
  if (due) await say(ctx, callId, due)
}

/** Sound is made outside the transaction. */
type Due = null | 'drain' | { say: 'position'; position: number } | { say: 'voicemail' }

async function tendInside(tx: Tx, ctx: Context, held: Held): Promise<Due> {
  const { workspaceId } = ctx
  const { call, conversation } = held
  const waiting = read(call)
  const now = Date.now()
  const mark = (step: Waiting['step']) => noteCall(tx, workspaceId, call.id, { queueStep: note(step) })
  const isClaimed = conversation.control === 'operator'
  if (isClaimed) {
    if (waiting?.step !== 'claimed') return mark('claimed').then(() => null)
    const comes = held.legs.some(
      ({ role, state }) => role === 'human' && ['expected', 'ringing', 'live'].includes(state),
    )
    if (comes || now - waiting.at < CLAIM_MS) return null
    return (await takeInside(tx, ctx, held, { t: 'unanswered' })) ? 'drain' : null
  }
  if (waiting?.step === 'voicemail') {
    if (now - waiting.at < VOICEMAIL_MS) return null
    return (await takeInside(tx, ctx, held, { t: 'queueOver', fallback: 'voicemail' })) ? 'drain' : null
  }
  const rules = await ctx.calls.waitRulesOf(tx, workspaceId)
  const since = call.queueSince?.getTime() ?? now
  // Where no agent was, there is none to go back to: the caller goes on waiting.
  if (now - since > rules.afterMs && (rules.then !== 'agent' || call.agentId)) {
    if (rules.then !== 'voicemail')
      return (await takeInside(tx, ctx, held, { t: 'queueOver', fallback: rules.then })) ? 'drain' : null
    await mark('voicemail')
    return { say: 'voicemail' }
  }
  if (waiting?.step === 'said' && now - waiting.at > SAID_MS) {
    await mark('music')
    return (await ask(tx, ctx, call.id, [{ do: 'play', sound: { clip: 'hold' } }])) ? 'drain' : null
  }
  if (waiting?.step === 'said' || (waiting && now - waiting.at < SAY_EVERY_MS)) return null
  await mark('said')
  return { say: 'position', position: (await findPositions(tx, workspaceId)).get(call.id) ?? 1 }
}

async function ask(tx: Tx, ctx: Context, callId: string, steps: Step[]): Promise<boolean> {
  await insertCommand(tx, systemCommand(ctx.workspaceId, callId, 'agent', steps))
  return true
}

async function say(ctx: Context, callId: string, due: Exclude<Due, null | 'drain'>): Promise<void> {
  const lineId = await transact(ctx, async (tx) => (await hold(tx, ctx, callId))?.call.lineId ?? null)
  const rules = await ctx.calls.rulesOf(ctx, ctx.workspaceId, lineId)
  const sound = await (due.say === 'voicemail' ? rules.sayVoicemail() : rules.sayPosition(due.position))
  if (!sound) return
  await transact(ctx, (tx) => ask(tx, ctx, callId, [{ do: 'play', sound }]))
  await drainCall(ctx, callId)
}
