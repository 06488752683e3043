/** The end of a call, for everybody and for good; and a hub that stops while calls go on. */

import { forget, keep } from './keep.ts'
import { isLive, isOpen, type Leg } from './legs.ts'
import type { Call, EndReason } from './state.ts'

/** The recording gets this long to be written to its end before the call is told to be over. */
const FINISH_MS = 3000

/** Resolves with the number of its last fact, once the recording is whole. */
export function endCall(call: Call, reason: EndReason, detail: string | null = null): Promise<number> {
  call.ending ??= end(call, reason, detail)
  return call.ending
}

async function end(call: Call, reason: EndReason, detail: string | null): Promise<number> {
  const wasLive = call.state !== 'waiting'
  call.state = 'ended'
  call.endedAt = call.house.now()
  keep(call, { reason, detail })
  call.agentSound.flush()
  call.voices.end()
  call.agent.close('call_ended')
  for (const leg of call.legs.values()) dismiss(call, leg, reason)
  if (wasLive && call.recorder) await Promise.race([call.recorder.finish(call.tick), pause(FINISH_MS)])
  const seq = call.fact({ t: 'call.ended', reason, detail })
  forget(call)
  call.house.log.info({ call: call.id, reason }, 'A call ended.')
  return seq
}

function dismiss(call: Call, leg: Leg, reason: EndReason): void {
  call.dropToken(leg)
  const { wire } = leg
  leg.wire = null
  if (wire?.isOpen) {
    if (leg.by === 'browser') wire.send(JSON.stringify({ t: 'ended', reason }))
    wire.close(1000, 'ended')
  }
  if (!isOpen(leg)) return
  const { id, role, user } = leg
  const wasLive = isLive(leg) || leg.state === 'lost'
  leg.state = 'left'
  leg.end = 'call_ended'
  if (wasLive && leg !== call.caller) call.fact({ t: 'leg.left', leg: id, role, user, reason: 'call_ended' })
}

/** The hub stops: carriers and browsers come again to its successor, into the same call. */
export async function leaveCall(call: Call): Promise<void> {
  keep(call)
  for (const leg of call.legs.values()) leg.wire?.close(1012, 'the hub restarts')
  call.agent.close('restart')
  await call.recorder?.close()
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref())
