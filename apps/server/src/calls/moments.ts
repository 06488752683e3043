/** What is of the moment: levels and words that may still change. Sent on the bus, kept nowhere. */
import type { CallMoment } from '@earshot/contracts'
import type { Services } from '../platform/context.ts'

/** The topic of the bus; screens get it as frames named `call`. */
export const CALL_TOPIC = 'call'

export function tellMoment(services: Services, workspaceId: string, moment: CallMoment): void {
  services.calls.bus.publish({ topic: CALL_TOPIC, workspaceId, body: moment })
}
