/** Rows of calls → what the contracts promise. */
import type { Call, CallEnd } from '@earshot/contracts'
import { allowedIn } from './machine/index.ts'
import type { CallRow, LegRow } from './queries.ts'
import type { CoachingRow, Names } from './queries-view.ts'

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export interface ToView {
  call: CallRow
  legs: LegRow[]
  coaching: CoachingRow[]
  names: Names
  position: number | null
}

export function viewCall({ call, legs, coaching, names, position }: ToView): Call {
  const person = (id: string | null) => (id ? { id, name: names.members.get(id) ?? '' } : null)
  const { transfer } = call
  return {
    id: call.id,
    conversationId: call.conversationId,
    version: call.version,
    state: call.state,
    direction: call.direction,
    way: call.way,
    line: call.lineId ? (names.lines.get(call.lineId) ?? null) : null,
    from: { number: call.fromNumber, name: call.fromName },
    agent: call.agentId ? { id: call.agentId, name: names.agents.get(call.agentId) ?? '' } : null,
    speaker: call.floor,
    holder: person(call.holderId),
    participants: legs.map((leg) => ({
      leg: leg.id,
      role: leg.role,
      person: person(leg.memberId),
      label: leg.role === 'ai' ? (names.agents.get(call.agentId ?? '') ?? null) : leg.label,
      by: leg.by === 'carrier' ? 'phone' : leg.by,
      state: leg.state,
      since: leg.since.toISOString(),
    })),
    queue: call.queueSince && { position: position ?? 1, since: call.queueSince.toISOString() },
    transfer: transfer && {
      to: transfer.to,
      label: transfer.label,
      by: transfer.by,
      since: transfer.since,
      until: transfer.until,
      state: transfer.state,
    },
    coaching: coaching.map((one) => ({
      id: one.id,
      text: one.text,
      by: { id: one.memberId, name: one.memberName },
      at: one.at.toISOString(),
      state: one.state,
      seenAt: iso(one.seenAt),
      appliedAt: iso(one.appliedAt),
    })),
    contour: call.contour.slice(-120),
    recording: { state: call.recording },
    allowed: allowedIn(call),
    startedAt: call.startedAt.toISOString(),
    answeredAt: iso(call.answeredAt),
    endedAt: iso(call.endedAt),
    endReason: call.endReason as CallEnd | null,
    demo: call.demo,
  }
}
