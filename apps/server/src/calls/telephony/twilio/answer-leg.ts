/** Calls that Twilio makes for us: how dialling goes, and what to do with one whose stream was lost. */
import type { LegReport } from '@earshot/voice'
import { type Services, transact } from '../../../platform/context.ts'
import { type CallRow, findCall, findLegs, type LegRow } from '../../queries.ts'
import { reportLeg } from '../../report-leg.ts'
import { legUrl } from './addresses.ts'
import type { Hook } from './hook-request.ts'
import { outcomeOf } from './leg-outcome.ts'
import { findTwilioLeg } from './queries.ts'
import { hangUp, streamTo } from './twiml.ts'

/** Somebody answered, or a machine did: that one is hung up on, and the transfer has failed. */
export async function answerLeg(services: Services, hook: Hook): Promise<string> {
  const found = await legOf(services, hook)
  if (!found || found.call.state === 'ended') return hangUp()
  const outcome = outcomeOf(hook.params)
  if (outcome?.state !== 'failed') return stream(services, hook, found, 0)
  await noteLegStatus(services, hook)
  return hangUp()
}

/** A leg that left its call, or whose call is over, has nowhere to go back to. */
export async function answerLegResume(services: Services, hook: Hook): Promise<string> {
  const found = await legOf(services, hook)
  if (!found || found.call.state === 'ended') return hangUp()
  const engine = await services.calls.engine.snapshot(found.call.id).catch(() => null)
  const known = engine?.legs.find(({ leg }) => leg === found.leg.id)
  return known && ['expected', 'lost', 'live'].includes(known.state) ? stream(services, hook, found, 1) : hangUp()
}

interface Found {
  call: CallRow
  leg: LegRow
}

function stream(services: Services, { line }: Hook, { call, leg }: Found, pauseSeconds: number): string {
  const resumeUrl = legUrl(services, line.id, call.id, leg.id, 'resume')
  return streamTo(services.calls.hub().carrierUrl, services.calls.tokenOf(call.id, leg.id), resumeUrl, pauseSeconds)
}

/** That it was answered is told by its stream, which follows; `completed` matters only when none came. */
export async function noteLegStatus(services: Services, hook: Hook): Promise<void> {
  const outcome = outcomeOf(hook.params)
  const found = await legOf(services, hook)
  if (!found || !outcome || outcome.state === 'answered' || found.call.state === 'ended') return
  if (found.leg.state !== 'expected' && found.leg.state !== 'ringing') return
  const report: LegReport =
    outcome.state === 'ringing'
      ? { opId: crypto.randomUUID(), state: 'ringing' }
      : { opId: crypto.randomUUID(), state: 'failed', reason: outcome.reason, detail: outcome.detail }
  await reportLeg(services, found.call.id, found.leg.id, report)
}

/** Only a leg that was dialled by this line, and only the call that Twilio made for it. */
function legOf(services: Services, { line, params, path }: Hook): Promise<Found | undefined> {
  const { callId = '', legId = '' } = path
  const { workspaceId } = line
  return transact({ ...services, workspaceId }, async (tx) => {
    const dialled = await findTwilioLeg(tx, { workspaceId, callId, legId })
    if (!dialled || dialled.lineId !== line.id || (dialled.sid !== null && dialled.sid !== params.CallSid))
      return undefined
    const call = await findCall(tx, workspaceId, callId)
    const leg = call && (await findLegs(tx, workspaceId, [callId])).find(({ id }) => id === legId)
    return call && leg ? { call, leg } : undefined
  })
}
