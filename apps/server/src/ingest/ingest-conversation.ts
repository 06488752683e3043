/** Ingest one conversation: all of it, as it was; said again, what is new of it. */
import type { IngestConversation, IngestResult } from '@earshot/contracts'
import { type Appended, type ConversationRow, changeUnderLock } from '../conversations/index.ts'
import type { Context } from '../platform/context.ts'
import { asItem } from './as-item.ts'
import { findOrStart } from './find-or-start.ts'

/** Times are kept; what was already there is left alone, so the same conversation may be sent any number of times. */
export async function ingestConversation(ctx: Context, given: IngestConversation): Promise<IngestResult> {
  const { externalId } = given
  const found = await findOrStart(ctx, given, startOf(given))
  const origin =
    found.created || found.status !== 'active' || isOver(given) ? ('history' as const) : ('ingest' as const)
  const place = { workspaceId: ctx.workspaceId, conversationId: found.id, origin }
  const results = await Promise.all(given.messages.map((message) => ctx.append(asItem(place, message))))
  const refused = results.findIndex((result) => !isKept(result))
  if (refused >= 0) {
    const message = `message ${refused + 1} (${given.messages[refused]!.externalId}): ${WHY[results[refused]!.outcome] ?? 'was refused'}`
    return {
      externalId,
      id: found.id,
      status: 'refused',
      error: { code: CODES[results[refused]!.outcome] ?? 'request.invalid', message },
    }
  }
  const appended = results.some((result) => result.outcome !== 'duplicate')
  const changed = await complete(ctx, found.id, given)
  return { externalId, id: found.id, status: found.created ? 'created' : appended || changed ? 'updated' : 'unchanged' }
}

const isKept = (result: Appended): boolean => ['appended', 'reopened', 'duplicate'].includes(result.outcome)
const isOver = (given: IngestConversation): boolean =>
  given.endedAt !== undefined || (given.status ?? 'active') !== 'active'
const WHY: Record<string, string> = {
  conflict: 'was sent before with other content',
  stale: 'the agent may not speak now',
  blocked: 'the contact is blocked on this channel',
  expired: 'the conversation ended too long ago',
}
const CODES: Record<string, string> = {
  conflict: 'idempotency.conflict',
  stale: 'control.stale',
  blocked: 'conversation.blocked',
  expired: 'conversation.closed',
}

function startOf(given: IngestConversation): Date | null {
  const at = given.startedAt ?? given.messages.find((message) => message.at !== undefined)?.at
  return at ? new Date(at) : null
}

/** Sets what the sender knows about the whole. What an operator has set here since is not overwritten. */
async function complete(ctx: Context, id: string, given: IngestConversation): Promise<boolean> {
  let changed = false
  await changeUnderLock(ctx, id, (current) => {
    const change = { ...about(current, given), ...ending(current, given) }
    changed = Object.keys(change).length > 0
    return changed ? change : undefined
  })
  return changed
}

function about(current: ConversationRow, given: IngestConversation) {
  const tags =
    given.tags?.map((tag) =>
      typeof tag === 'string' ? tag : tag.value === '' ? tag.key : `${tag.key}:${tag.value}`,
    ) ?? []
  const allTags = [...new Set([...current.tags, ...tags])]
  const memory = { ...(current.memory as object), ...given.memory }
  return {
    ...(allTags.length > current.tags.length && { tags: allTags }),
    ...(JSON.stringify(memory) !== JSON.stringify(current.memory) && { memory: JSON.stringify(memory) }),
    ...(given.title && current.title === null && { title: given.title }),
    ...(given.rating &&
      current.rating === null && { rating: given.rating.stars, ratingComment: given.rating.comment ?? null }),
    ...(given.stage &&
      current.stageBy !== 'operator' &&
      current.stageKey !== given.stage && { stageKey: given.stage, stageBy: 'ingest' as const }),
  }
}

function ending(current: ConversationRow, given: IngestConversation) {
  const outcome =
    given.outcome && current.outcomeBy !== 'operator' && current.outcome !== given.outcome
      ? { outcome: given.outcome, outcomeBy: 'ingest' as const }
      : {}
  const status = given.status ?? (given.endedAt ? 'closed' : undefined)
  if (!status || status === 'active' || current.status !== 'active') return outcome
  const endedAt = given.endedAt ? new Date(given.endedAt) : current.lastMessageAt
  return { status, endedAt, endReason: current.endReason ?? 'ended_elsewhere', ...outcome }
}
