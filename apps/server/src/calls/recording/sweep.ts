/** The sweeps behind recordings: bring what ended calls left, remove what is too old, and clear away what deleted calls leave. */
import { EngineRefusal } from '@earshot/voice'
import { asSystem, type Services, transact } from '../../platform/context.ts'
import { record } from '../../platform/events.ts'
import { writeAudit } from '../../team/index.ts'
import { providersOf } from '../speech/index.ts'
import { type KeepParts, keepRecording, type Recordings } from './keep-recording.ts'
import {
  claimRecordings,
  claimRemains,
  endRemains,
  findCallPlace,
  findExpired,
  recountAudio,
  removeSound,
} from './queries.ts'

/** Encoded side by side on a node. */
const AT_ONCE = 2
const LEASE_MS = 60_000

const recogniserOf: KeepParts['recogniserOf'] = async (ctx) => (await providersOf(ctx, ctx.workspaceId)).stt

export async function keepRecordings(
  services: Services,
  { leaseMs, ...more }: Partial<KeepParts> = {},
): Promise<number> {
  const parts = { services, leaseMs: leaseMs ?? LEASE_MS, recogniserOf, ...more }
  let done = 0
  for (;;) {
    const claims = await claimRecordings(services.db, AT_ONCE, parts.leaseMs)
    const { engine } = services.calls
    await Promise.all(claims.map((claim) => keepRecording({ engine, ...parts }, claim)))
    done += claims.length
    if (claims.length === 0) return done
  }
}

/** Recordings older than their workspace keeps them. The conversation stays, and its recording says that it is gone, when and why. */
export async function removeExpiredRecordings(services: Services): Promise<number> {
  let removed = 0
  for (const { workspaceId, callId } of await findExpired(services.db, 200)) {
    const ctx = asSystem(services, workspaceId)
    const isRemoved = await transact(ctx, async (tx) => {
      if (!(await removeSound(tx, workspaceId, callId, 'retention'))) return false
      const call = await findCallPlace(tx, workspaceId, callId)
      await writeAudit(tx, ctx, 'call_recording.removed', callId, { reason: 'retention' })
      if (!call) return true
      const { conversationId } = call
      await recountAudio(tx, workspaceId, conversationId)
      await record(tx, workspaceId, { type: 'conversation.changed', conversationId, fields: ['hasAudio'] })
      await record(tx, workspaceId, { type: 'call.changed', conversationId, callId })
      return true
    })
    if (isRemoved) removed++
  }
  return removed
}

/** Files and the engine's copy of calls that are gone. What cannot be reached now is tried again. */
export async function clearRemains(services: Services): Promise<number> {
  let cleared = 0
  for (const remains of await claimRemains(services.db, 50)) {
    try {
      for (const key of remains.storageKeys) await services.files.remove(key)
      if (remains.engine) await forgetAt(services.calls.engine, remains.callId)
      await transact(asSystem(services, remains.workspaceId), (tx) => endRemains(tx, remains))
      cleared++
    } catch (error) {
      services.log.warn(
        { err: error, callId: remains.callId },
        'what a call left could not be removed; it is tried again',
      )
    }
  }
  return cleared
}

async function forgetAt(engine: Recordings, callId: string): Promise<void> {
  await engine.forgetRecording(callId).catch((error: unknown) => {
    if (!(error instanceof EngineRefusal && error.code === 'call.not_found')) throw error
  })
}
