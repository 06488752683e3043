/** Who speaks to the caller, and the one way that changes: everything about it happens between two ticks. */
import type { Floor, HubFactOf, Sound } from '@earshot/voice'
import { Player } from '../sound/player.ts'
import { keep } from './keep.ts'
import { isLive, type Leg } from './legs.ts'
import type { Call } from './state.ts'

export interface FloorChange {
  cause: HubFactOf<'floor.changed'>['cause']
  opId?: string
  /** Told to the agent that gets it back. */
  context?: string | undefined
  /** What the caller hears on hold; music, when nothing is said. */
  play?: Sound | undefined
  /** On hold without a sound: nobody has spoken yet. */
  quiet?: boolean
}

export function changeFloor(call: Call, to: Floor, { cause, opId, context, play, quiet }: FloorChange): number {
  const from = call.floor
  call.floor = to
  call.floorSince = call.house.now()
  call.filler = null
  call.decideBy = null
  // Nothing of the old speaker's reaches the caller from here on; every mark it waits for is answered.
  call.agentSound.flush()
  if (cause !== 'start') call.clearCaller()
  call.speakingLeg?.queue.clear()
  if (from.by === 'ai' && to.by !== 'ai') call.agent.tell({ t: 'hold', by: to.by })
  if (from.by !== 'ai' && to.by === 'ai' && cause !== 'start')
    call.agent.tell({ t: 'resume', ...(context !== undefined && { context }) })
  call.player = to.by === 'hold' && !quiet ? new Player(play ?? { clip: 'hold' }) : null
  if (to.by !== 'supervisor') call.returnTo = null
  call.voices.speakerChanged()
  call.recorder?.speaker(call.tick, to.by, call.speakingLeg?.user ?? null)
  const seq = call.fact({ t: 'floor.changed', floor: to, cause, opId: opId ?? null })
  tellFloor(call, seq)
  keep(call)
  return seq
}

/** The supervisor is gone, or silent: whoever spoke before speaks again, as far as they are there. */
export function returnFloor(
  call: Call,
  cause: 'supervisor_lost' | 'supervisor_silent' | 'command',
  context?: string,
): number {
  const before = call.returnTo ?? { by: 'ai' }
  if (before.by === 'ai' && call.agent.isThere) return changeFloor(call, before, { cause, context })
  if ((before.by === 'human' || before.by === 'external') && isLive(call.legs.get(before.leg)))
    return changeFloor(call, before, { cause })
  const seq = changeFloor(call, { by: 'hold' }, { cause })
  if (before.by === 'ai') call.decideBy = call.house.now() + 15_000
  return seq
}

/** A leg that had the floor is gone. */
export function floorWithout(call: Call, leg: Leg): void {
  if (call.speakingLeg !== leg) return
  if (leg.role === 'supervisor') returnFloor(call, 'supervisor_lost')
  else if (leg.role === 'human') changeFloor(call, { by: 'hold' }, { cause: 'human_lost' })
}

/** In text, to the browsers of this call; the contact's is told no names. */
export function tellFloor(call: Call, seq: number): void {
  const { by } = call.floor
  const leg = call.speakingLeg
  const whole = JSON.stringify({ t: 'floor', by, leg: leg?.id ?? null, user: leg?.user ?? null, seq })
  const plain = JSON.stringify({ t: 'floor', by })
  for (const other of call.legs.values()) {
    if (other.by === 'browser' && other.wire?.isOpen) other.wire.send(other.role === 'caller' ? plain : whole)
  }
}
