/** A leg goes and does not come again, by whoever's doing. */
import type { LegEnd } from '@earshot/voice'
import { endCall } from './end-call.ts'
import { changeFloor, floorWithout } from './floor.ts'
import { keep } from './keep.ts'
import type { Leg } from './legs.ts'
import type { Call } from './state.ts'

export function leave(call: Call, leg: Leg, reason: LegEnd): number {
  const { id, role, user, wire } = leg
  leg.state = 'left'
  leg.end = reason
  leg.wire = null
  call.dropToken(leg)
  if (wire?.isOpen) {
    if (leg.by === 'browser') wire.send(JSON.stringify({ t: 'ended', reason }))
    wire.close(1000, reason)
  }
  const seq = call.fact({ t: 'leg.left', leg: id, role, user, reason })
  if (call.speakingLeg === leg && role === 'external') {
    if (reason === 'dropped') changeFloor(call, { by: 'hold' }, { cause: 'external_left' })
    else void endCall(call, 'external_hung_up')
  } else floorWithout(call, leg)
  keep(call)
  return seq
}
