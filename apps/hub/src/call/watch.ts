/** What a call waits for, and what happens when it does not come. Looked at ten times a second. */
import { Player } from '../sound/player.ts'
import { endCall } from './end-call.ts'
import { changeFloor, returnFloor } from './floor.ts'
import { isLive, type Leg } from './legs.ts'
import { isSilent } from './pass-sound.ts'
import type { Call } from './state.ts'

/** A person with the floor who sends nothing this long has lost it. */
const GONE_MS = 3000
/** A browser that lost its socket may come again for this long. */
export const MEND_MS = 10_000

export function watch(call: Call, now: number): void {
  if (call.state === 'waiting') {
    if (now - call.preparedAt > call.plan.waitMs) void endCall(call, 'never_came')
    return
  }
  if (call.reconnectBy !== null && now > call.reconnectBy) return void endCall(call, 'caller_lost')
  if (now - call.startedAt > call.plan.limits.maxMinutes * 60_000) return void endCall(call, 'too_long')
  watchHolder(call, now)
  for (const leg of call.legs.values()) if (leg !== call.caller) watchLeg(call, leg, now)
  call.agent.watch(now)
  watchDecision(call, now)
}

function watchHolder(call: Call, now: number): void {
  const leg = call.speakingLeg
  if (!leg || leg.role === 'external' || !isSilent(call, leg, now, GONE_MS)) return
  if (call.floor.by === 'supervisor') returnFloor(call, 'supervisor_silent')
  else {
    if (isLive(leg)) call.fact({ t: 'leg.lost', leg: leg.id, role: leg.role, user: leg.user })
    changeFloor(call, { by: 'hold' }, { cause: 'human_lost' })
  }
}

function watchLeg(call: Call, leg: Leg, now: number): void {
  const { id, role, user } = leg
  const isAwaited = leg.state === 'expected' || leg.state === 'ringing'
  if (isAwaited && leg.tokenUntil !== null && now > leg.tokenUntil) {
    leg.end = leg.state === 'ringing' ? 'no_answer' : 'expired'
    leg.state = 'failed'
    call.dropToken(leg)
    call.fact({ t: 'leg.failed', leg: id, role, reason: leg.end, detail: null })
  } else if (leg.state === 'lost' && leg.lostAt !== null && now - leg.lostAt > mendMs(call, leg)) {
    leg.state = 'left'
    leg.end = 'lost'
    call.dropToken(leg)
    call.fact({ t: 'leg.left', leg: id, role, user, reason: 'lost' })
    if (call.speakingLeg === leg && role === 'external') void endCall(call, 'external_hung_up', 'lost')
  }
}

const mendMs = (call: Call, leg: Leg): number =>
  leg.by === 'browser' ? MEND_MS : Math.max(1000, call.plan.limits.reconnectMs)

/** The agent is gone for good and nobody says what becomes of the call: a goodbye, and the end. */
function watchDecision(call: Call, now: number): void {
  if (call.farewell) {
    if (call.farewell.isOver) void endCall(call, 'agent_lost')
    return
  }
  if (call.decideBy === null || now < call.decideBy || call.floor.by !== 'hold') return
  const { farewell } = call.plan.apologies
  if (farewell) call.farewell = new Player(farewell, { once: true })
  else void endCall(call, 'agent_lost')
}
