/** A leg: one party of a call and the socket it is there by. */
import type { EngineLeg, LegEnd, LegRole, LegState } from '@earshot/voice'
import { LiveQueue } from '../sound/live-queue.ts'
import type { Wire } from './wire.ts'

export interface Leg {
  id: string
  role: LegRole
  /** Media Streams, or frames of a browser; the agent's is reached by the hub itself. */
  by: 'carrier' | 'browser' | 'agent'
  user: string | null
  state: LegState
  end: LegEnd | null
  /** The secret its stream shows. */
  token: string | null
  /** The token may be shown until then; null: as long as the call lasts. */
  tokenUntil: number | null
  /** It was shown once: again only by whoever lost the socket a moment ago. */
  wasUsed: boolean
  wire: Wire | null
  streamSid: string
  callSid: string | null
  queue: LiveQueue
  framesIn: number
  refused: number
  leftOut: number
  lostAt: number | null
  lastSoundAt: number
  lastWordAt: number
}

export type NewLeg = Pick<Leg, 'id' | 'role' | 'by'> & Partial<Leg>

export const newLeg = (leg: NewLeg): Leg => ({
  user: null,
  state: 'expected',
  end: null,
  token: null,
  tokenUntil: null,
  wasUsed: false,
  wire: null,
  streamSid: '',
  callSid: null,
  queue: new LiveQueue(),
  framesIn: 0,
  refused: 0,
  leftOut: 0,
  lostAt: null,
  lastSoundAt: 0,
  lastWordAt: 0,
  ...leg,
})

export const isLive = (leg: Leg | undefined): leg is Leg & { state: 'live' } =>
  leg !== undefined && leg.state === 'live'

/** It may still come, or come again. */
export const isOpen = (leg: Leg): boolean => leg.state !== 'failed' && leg.state !== 'left'

export const engineLeg = ({ id, role, state, user, end, framesIn, refused }: Leg): EngineLeg => ({
  leg: id,
  role,
  state,
  user,
  end,
  framesIn,
  refused,
})
