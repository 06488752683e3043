/** Stores a scene in one transaction: all of a conversation or nothing of it, so that a stop in the middle leaves nothing half. */
import type { TriggerRule } from '@earshot/contracts'
import { findOrCreateContact } from '../contacts/index.ts'
import { type AppendItem, appendAllInside, startConversation, updateConversation } from '../conversations/index.ts'
import { attachFiles } from '../files/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { isUniqueViolation, type Tx } from '../platform/db.ts'
import { findOrInsertFlow } from './queries.ts'
import type { Line, Scene } from './scene.ts'
import { storeVisit } from './store-visit.ts'
import { storeVoices, VOICES } from './store-voices.ts'

/** Who and what a scene's names stand for in a workspace. */
export interface Cast {
  agentIds: ReadonlyMap<string, string>
  /** Channel kind → channel. */
  channelIds: ReadonlyMap<string, string>
  memberIds: ReadonlyMap<string, string>
  /** Trigger rules of the website. */
  rules: readonly TriggerRule[]
}

/** False when it was there already. */
export async function storeScene(ctx: Context, cast: Cast, scene: Scene): Promise<boolean> {
  const voices = await storeVoices(ctx, scene)
  try {
    await transact(ctx, (tx) => store(tx, ctx, cast, scene, voices))
    return true
  } catch (error) {
    if (isUniqueViolation(error, 'conversation_external')) return false
    throw error
  }
}

type Voices = Awaited<ReturnType<typeof storeVoices>>

async function store(tx: Tx, ctx: Context, cast: Cast, scene: Scene, voices: Voices): Promise<void> {
  const { workspaceId } = ctx
  const agentId = cast.agentIds.get(scene.agent) ?? null
  const { key, attributes, ...known } = scene.contact
  const contact = await findOrCreateContact(
    tx,
    workspaceId,
    { kind: 'external_id', value: `demo:${key}` },
    { ...known, attributes },
  )
  const { id } = await startConversation(ctx, tx, {
    channelId: need(cast.channelIds, scene.channel),
    contactId: contact.id,
    agentId,
    flowId: agentId && scene.flow ? await findOrInsertFlow(tx, workspaceId, agentId, scene.flow) : null,
    externalId: scene.externalId,
    startedAt: scene.startedAt,
  })
  const fileIds = [...voices.values()].map((file) => file.id)
  await attachFiles(tx, workspaceId, VOICES, id, fileIds)
  await appendAllInside(
    tx,
    scene.lines.map((line) => itemOf(workspaceId, id, withVoice(line, voices), scene, cast, agentId)),
  )
  await updateConversation(tx, workspaceId, id, stateOf(scene, cast))
  const channelId = need(cast.channelIds, scene.channel)
  await storeVisit(tx, scene, { workspaceId, channelId, contactId: contact.id, conversationId: id, rules: cast.rules })
}

function withVoice(line: Line, voices: Voices): Line {
  const file = voices.get(line)
  return file ? { ...line, data: { ...line.data, attachments: [file] } } : line
}

function itemOf(
  workspaceId: string,
  conversationId: string,
  line: Line,
  scene: Scene,
  cast: Cast,
  agentId: string | null,
): AppendItem {
  const { kind, author, text, data = null, at, usage = null } = line
  const by = {
    contact: { id: null, name: null },
    agent: { id: agentId, name: scene.agent },
    operator: { id: cast.memberIds.get(line.name ?? '') ?? null, name: line.name ?? null },
    system: { id: null, name: null },
  }[author]
  return {
    workspaceId,
    conversationId,
    kind,
    author: { kind: author, ...by },
    text,
    data,
    at,
    usage,
    origin: 'history',
  }
}

function stateOf(scene: Scene, cast: Cast) {
  const { handoff, rating, operator } = scene
  const assigneeId = operator ? (cast.memberIds.get(operator) ?? null) : null
  return {
    status: scene.status,
    // In a workspace without these operators (the samples of a new one) nobody has it.
    control: scene.control === 'operator' && assigneeId === null ? ('agent' as const) : scene.control,
    assigneeId,
    epoch: scene.epoch,
    handoffState: handoff.state,
    handoffReason: handoff.reason,
    handoffBy: handoff.by,
    handoffAt: handoff.at,
    ...(scene.outcome && { outcome: scene.outcome, outcomeBy: 'event' as const }),
    endReason: scene.endReason,
    endedAt: scene.endedAt,
    ...(scene.stage && { stageKey: scene.stage, stageBy: 'operator' as const }),
    tags: scene.tags,
    ...(rating && { rating: rating.stars, ratingComment: rating.comment }),
    memory: JSON.stringify(scene.memory),
    ...(scene.unread > 0 && { unread: scene.unread, hasUnread: true }),
    priority: priorityOf(scene),
    // Who was asked something is out of the way until they answer.
    ...(scene.status === 'active' &&
      scene.stage === 'waiting_response' &&
      scene.unread === 0 && { snoozedAt: new Date(), snoozeUntilReply: true }),
  }
}

function priorityOf({ handoff, stage, rating }: Scene): 'urgent' | 'high' | 'normal' | 'low' {
  if (handoff.state === 'queued') return 'urgent'
  if (stage === 'opportunity' || (rating && rating.stars < 3)) return 'high'
  return stage === 'info_only' ? 'low' : 'normal'
}

function need(of: ReadonlyMap<string, string>, kind: string): string {
  const id = of.get(kind)
  if (!id) throw new Error(`the demo has no channel of kind ${kind}`)
  return id
}
