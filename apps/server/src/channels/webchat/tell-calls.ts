/** What visitors' streams hear of their call: that it changed, and what is being said. Never who else listens. */
import type { CallMoment, DomainEvent, VisitorFrame } from '@earshot/contracts'
import { frame } from '../../platform/live-stream.ts'
import type { Seats } from './visitor-seats.ts'

type DataOf<E extends VisitorFrame['event']> = Extract<VisitorFrame, { event: E }>['data']

/** A nudge: the visitor asks for what it may know of the call. */
export function tellCalls(seats: Seats, events: readonly DomainEvent[]): void {
  for (const event of events) {
    if (event.type !== 'call.changed') continue
    const data: DataOf<'call'> = { id: event.callId }
    for (const { stream } of seats.ofConversation(event.conversationId)) stream.write(frame('call', data))
  }
}

/** Who else is in it, such as an outside number, is heard and not read. */
export function tellCaption(seats: Seats, moment: CallMoment): void {
  if (moment.t !== 'partial' || moment.role === 'external') return
  const role = moment.role === 'caller' ? 'contact' : moment.role === 'ai' ? 'agent' : 'operator'
  const data: DataOf<'caption'> = { utterance: moment.utterance, role, text: moment.text }
  for (const { stream } of seats.ofConversation(moment.conversationId)) stream.write(frame('caption', data))
}
