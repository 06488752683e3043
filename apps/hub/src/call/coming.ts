/** A leg's socket comes, comes again, or is lost: the same for carriers and browsers. */

import { floorWithout } from './floor.ts'
import { keep } from './keep.ts'
import type { Leg } from './legs.ts'
import { startCall } from './open-call.ts'
import type { Call } from './state.ts'
import type { Wire } from './wire.ts'

export function joined(call: Call, leg: Leg, wire: Wire): void {
  const old = leg.wire
  const wasThere = leg.wasUsed && leg.state !== 'expected'
  leg.wire = wire
  if (old?.isOpen) old.close(4000, 'another socket took its place')
  leg.state = 'live'
  leg.wasUsed = true
  leg.lostAt = null
  leg.lastSoundAt = leg.lastWordAt = call.house.now()
  leg.queue.clear()
  if (leg !== call.caller) {
    if (!wasThere || !old) call.fact({ t: 'leg.answered', leg: leg.id, role: leg.role, user: leg.user })
  } else if (call.state === 'waiting') startCall(call)
  else if (call.state === 'reconnecting') {
    call.state = 'live'
    call.reconnectBy = null
    call.fact({ t: 'call.resumed' })
  }
  keep(call)
}

/** Without a goodbye. */
export function lost(call: Call, leg: Leg): void {
  leg.wire = null
  if (call.state === 'ended' || leg.state !== 'live') return
  const now = call.house.now()
  leg.state = 'lost'
  leg.lostAt = now
  if (leg === call.caller) {
    call.state = 'reconnecting'
    call.reconnectBy = now + call.plan.limits.reconnectMs
    call.fact({ t: 'call.reconnecting' })
  } else {
    call.fact({ t: 'leg.lost', leg: leg.id, role: leg.role, user: leg.user })
    floorWithout(call, leg)
  }
  keep(call)
}
