/** Report a leg: whoever dials says how it goes. What the hub says of the same leg comes to the same. */
import type { HubFact, LegReport } from '@earshot/voice'
import { asSystem, type Services } from '../platform/context.ts'
import { findCallWorkspace } from './queries.ts'
import { takeInput } from './take-input.ts'

export async function reportLeg(services: Services, callId: string, legId: string, report: LegReport): Promise<void> {
  const workspaceId = await findCallWorkspace(services.db, callId)
  if (!workspaceId) return
  const { state, reason = 'failed', detail = null } = report
  // That it was answered counts when its sound has come: the hub says so.
  if (state === 'answered') return
  const told = { seq: 1, call: callId, at: Date.now(), ms: 0, leg: legId, role: 'external' } as const
  const fact: HubFact =
    state === 'ringing' ? { ...told, t: 'leg.ringing' } : { ...told, t: 'leg.failed', reason, detail }
  await takeInput(asSystem(services, workspaceId), callId, { t: 'fact', fact })
}
