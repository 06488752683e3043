/** A follower: whoever is asked for, or takes over, finds a brief. */
import { asSystem, type Context, type Services } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import type { FeedEvent } from '../../platform/events.ts'
import { writeBrief, writeMissingBrief } from './write-brief.ts'

/** May see a fact twice, and then changes nothing: a brief from the same entries is not written again. */
export async function briefHandoffs(services: Services, events: FeedEvent[]): Promise<void> {
  for (const { event, workspaceId } of events) {
    const write = writing(event)
    if (!write || !('conversationId' in event)) continue
    await write(asSystem(services, workspaceId), event.conversationId).catch((error) => {
      // Deleted meanwhile: there is nobody to brief about.
      if (!(error instanceof AppError)) services.log.warn({ err: error }, 'a brief could not be written')
    })
  }
}

function writing(event: FeedEvent['event']): ((ctx: Context, id: string) => Promise<unknown>) | undefined {
  if (event.type === 'handoff.requested') return (ctx, id) => writeBrief(ctx, id, 'handoff')
  if (event.type === 'conversation.control_changed' && event.control === 'operator')
    return (ctx, id) => writeBrief(ctx, id, 'take_over')
  // Where people answer from the start nobody was asked for; they wait all the same.
  return event.type === 'queue.changed' ? writeMissingBrief : undefined
}
