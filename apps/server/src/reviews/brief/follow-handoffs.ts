/** A follower: whoever is asked for, or takes over, finds a brief. */
import { asSystem, type Services } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import type { FeedEvent } from '../../platform/events.ts'
import { writeBrief } from './write-brief.ts'

/** May see a fact twice, and then changes nothing: a brief from the same entries is not written again. */
export async function briefHandoffs(services: Services, events: FeedEvent[]): Promise<void> {
  for (const { event, workspaceId } of events) {
    const writtenFor = occasionOf(event)
    if (!writtenFor || !('conversationId' in event)) continue
    await writeBrief(asSystem(services, workspaceId), event.conversationId, writtenFor).catch((error) => {
      // Deleted meanwhile: there is nobody to brief about.
      if (!(error instanceof AppError)) services.log.warn({ err: error }, 'a brief could not be written')
    })
  }
}

function occasionOf(event: FeedEvent['event']) {
  if (event.type === 'handoff.requested') return 'handoff'
  if (event.type === 'conversation.control_changed' && event.control === 'operator') return 'take_over'
  return undefined
}
