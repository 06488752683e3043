/** A call that has just begun, and a telephone to ring, for tests of the machine. */
import type { Model } from './model.ts'

export const phone = { to: '+491', way: 'sip', callerId: '+49', lineId: null, timeoutMs: 25_000 } as const

export function begun(): Model {
  return {
    state: 'ringing',
    floor: 'hold',
    floorLeg: null,
    holderId: null,
    lease: null,
    returnTo: null,
    transfer: null,
    queueSince: null,
    queueStep: null,
    agentId: 'agent',
    recording: 'on',
    callerLeg: 'caller',
    answeredAt: null,
    endedAt: null,
    endReason: null,
    legs: [{ id: 'caller', role: 'caller', memberId: null, by: 'browser', state: 'expected', label: null }],
  }
}
