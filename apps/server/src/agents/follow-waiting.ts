/** Follows the feed, once per cluster, and notes who waits for an agent. Survives any crash: the feed's cursor moves after the note. */
import type { DomainEvent } from '@earshot/contracts'
import type { Bus } from '../platform/bus.ts'
import { type Db, inWorkspace } from '../platform/db.ts'
import type { FeedEvent } from '../platform/events.ts'
import { type FollowerParts, followDurably } from '../platform/follower.ts'
import { ANSWERED_CHANNELS, markWaiting } from './queries-turns.ts'

/** On other channels an agent of the customer's own answers; calls come by telephone, too. */
const ANSWERED: ReadonlySet<string> = new Set([...ANSWERED_CHANNELS, 'voip'])

/** Tells the nodes that a turn may be due. */
export const TURN_TOPIC = 'agent_turn'

export function followWaiting(parts: FollowerParts & { bus: Bus }): { stop(): Promise<void> } {
  return followDurably(parts, 'agents.turns', (events) => noteWaiting(parts.database.db, parts.bus, events))
}

async function noteWaiting(db: Db, bus: Bus, events: FeedEvent[]): Promise<void> {
  const byWorkspace = new Map<string, Set<string>>()
  for (const { workspaceId, event } of events) {
    const id = conversationToLookAt(event)
    if (id) byWorkspace.set(workspaceId, (byWorkspace.get(workspaceId) ?? new Set()).add(id))
  }
  for (const [workspaceId, ids] of byWorkspace) {
    const marked = await inWorkspace(db, workspaceId, (tx) => markWaiting(tx, workspaceId, [...ids]))
    if (marked > 0) bus.publish({ topic: TURN_TOPIC, workspaceId, body: {} })
  }
}

/** Somebody said something, the agent was given the floor, or a block was lifted. */
function conversationToLookAt(event: DomainEvent): string | undefined {
  if (event.type === 'conversation.appended') return ANSWERED.has(event.channel) ? event.conversationId : undefined
  if (event.type === 'conversation.control_changed' && event.control === 'agent') return event.conversationId
  if (event.type === 'conversation.changed' && event.fields.includes('blocked')) return event.conversationId
  return undefined
}
