/** Ingest one conversation: all of it, as it was; said again, what is new of it. */
import type { IngestConversation, IngestResult } from '@earshot/contracts'
import {
  type Appended,
  appendAllInside,
  type ConversationRow,
  changeUnderLock,
  updateConversation,
} from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { isUniqueViolation, type Tx } from '../platform/db.ts'
import { asItem } from './as-item.ts'
import { findOrStart, start } from './find-or-start.ts'
import { attachAlone, attachReady, type ReadyFiles, readyFiles } from './keep-files.ts'
import { findByExternalIds } from './queries.ts'

/** Times are kept; what was already there is left alone, so the same conversation may be sent any number of times. */
export async function ingestConversation(ctx: Context, given: IngestConversation): Promise<IngestResult> {
  const ready = await readyFiles(ctx, given.externalId, given.messages)
  return (await ingestNew(ctx, given, ready)) ?? ingestMore(ctx, given, ready)
}

/** A new conversation is stored whole, in one transaction, or not at all. Undefined when it is there already. */
async function ingestNew(
  ctx: Context,
  given: IngestConversation,
  ready: ReadyFiles,
): Promise<IngestResult | undefined> {
  try {
    return await transact(ctx, async (tx) => {
      if ((await findByExternalIds(tx, ctx.workspaceId, [given.externalId])).size > 0) return undefined
      return { externalId: given.externalId, id: await storeNew(tx, ctx, given, ready), status: 'created' as const }
    })
  } catch (error) {
    if (isUniqueViolation(error, 'conversation_external')) return undefined
    if (error instanceof MessageRefused) return { externalId: given.externalId, id: null, ...error.result }
    throw error
  }
}

const MESSAGES_AT_ONCE = 500

async function storeNew(tx: Tx, ctx: Context, given: IngestConversation, ready: ReadyFiles): Promise<string> {
  const startedAt = startOf(given)
  const { id } = await start(tx, ctx, given, startedAt)
  const place = { workspaceId: ctx.workspaceId, conversationId: id, origin: 'history' as const }
  const kept = await attachReady(tx, ctx, id, ready)
  const items = given.messages.map((message) => asItem(place, message, kept))
  for (let from = 0; from < items.length; from += MESSAGES_AT_ONCE) {
    const results = await appendAllInside(tx, items.slice(from, from + MESSAGES_AT_ONCE))
    const refused = results.findIndex((result) => !isKept(result))
    if (refused >= 0) throw new MessageRefused(given, from + refused, results[refused]!)
  }
  const said = items.flatMap(({ at }) => (at ? [at.getTime()] : []))
  const fresh = {
    ...FRESH,
    title: given.title ?? null,
    lastMessageAt: new Date(Math.max(startedAt?.getTime() ?? Date.now(), ...said)),
  }
  const change = { ...about(fresh, given), ...ending(fresh, given) }
  if (Object.keys(change).length > 0) await updateConversation(tx, ctx.workspaceId, id, change)
  return id
}

/** What of a conversation that has just begun its completion looks at. */
type Current = Pick<
  ConversationRow,
  | 'tags'
  | 'memory'
  | 'title'
  | 'rating'
  | 'stageKey'
  | 'stageBy'
  | 'outcome'
  | 'outcomeBy'
  | 'status'
  | 'endReason'
  | 'lastMessageAt'
>
const FRESH: Omit<Current, 'title' | 'lastMessageAt'> = {
  tags: [],
  memory: {},
  rating: null,
  stageKey: 'in_progress',
  stageBy: null,
  outcome: null,
  outcomeBy: null,
  status: 'active',
  endReason: null,
}

/** One message is not taken, so the conversation is not either. */
class MessageRefused extends Error {
  readonly result: Pick<IngestResult, 'status' | 'error'>

  constructor(given: IngestConversation, at: number, { outcome }: Appended) {
    super()
    this.result = refusal(given, at, outcome)
  }
}

function refusal(
  given: IngestConversation,
  at: number,
  outcome: Appended['outcome'],
): Pick<IngestResult, 'status' | 'error'> {
  const message = `message ${at + 1} (${given.messages[at]!.externalId}): ${WHY[outcome] ?? 'was refused'}`
  return { status: 'refused', error: { code: CODES[outcome] ?? 'request.invalid', message } }
}

/** What is new of a conversation that is there. */
async function ingestMore(ctx: Context, given: IngestConversation, ready: ReadyFiles): Promise<IngestResult> {
  const { externalId } = given
  const found = await findOrStart(ctx, given, startOf(given))
  const origin =
    found.created || found.status !== 'active' || isOver(given) ? ('history' as const) : ('ingest' as const)
  const place = { workspaceId: ctx.workspaceId, conversationId: found.id, origin }
  const kept = await attachAlone(ctx, found.id, ready)
  const results = await Promise.all(
    given.messages.map((message) => ctx.append(asItem(place, message, kept, found.keyPrefix))),
  )
  const refused = results.findIndex((result) => !isKept(result))
  if (refused >= 0) return { externalId, id: found.id, ...refusal(given, refused, results[refused]!.outcome) }
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

function about(current: Current, given: IngestConversation) {
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

function ending(current: Current, given: IngestConversation) {
  const outcome =
    given.outcome && current.outcomeBy !== 'operator' && current.outcome !== given.outcome
      ? { outcome: given.outcome, outcomeBy: 'ingest' as const }
      : {}
  const status = given.status ?? (given.endedAt ? 'closed' : undefined)
  if (!status || status === 'active' || current.status !== 'active') return outcome
  const endedAt = given.endedAt ? new Date(given.endedAt) : current.lastMessageAt
  return { status, endedAt, endReason: current.endReason ?? 'ended_elsewhere', ...outcome }
}
