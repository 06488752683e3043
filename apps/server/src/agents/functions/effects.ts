/** What functions may change of a conversation, and how the change and the line that tells it become one, under the turn's epoch. */
import type { FunctionCall, JsonValue, MemoryField } from '@earshot/contracts'
import { changeContact } from '../../contacts/index.ts'
import {
  actInside,
  appendInside,
  type ConversationRow,
  lockConversation,
  mergeMemory,
  updateConversation,
} from '../../conversations/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { record } from '../../platform/events.ts'
import { unknownOfContact } from '../memory/fill-contact.ts'
import { type Scheduled, scheduleFollowUp } from './queries-scheduled.ts'

export interface Effects {
  memory?: [string, JsonValue][]
  /** What the memory's keys mean: who has a valid address is reached by it. */
  fields?: readonly MemoryField[]
  tags?: { key: string; value: string }[]
  stage?: string
  followUp?: Scheduled
}

export interface Place {
  conversationId: string
  epoch: number
  /** The entry's own key: a call told twice is one line. */
  clientKey: string
}

/** `stale`: somebody else has the floor; nothing was changed, and the line is kept apart, unsaid. */
export type Told = { outcome: 'told' | 'stale'; call: FunctionCall }

/** Throws what a command would: the stage that does not exist, and so on; nothing is changed then. */
export async function tellCall(ctx: Context, place: Place, call: FunctionCall, effects: Effects = {}): Promise<Told> {
  const { contact, ...told } = await transact(ctx, async (tx) => {
    const current = await lockConversation(tx, ctx.workspaceId, place.conversationId)
    if (!current) return { outcome: 'stale' as const, call, contact: null }
    const mayChange =
      current.epoch === place.epoch && current.control === 'agent' && !current.blocked && current.status === 'active'
    const { refusals, contact } = mayChange ? await apply(tx, ctx, current, effects) : { refusals: [], contact: null }
    const said = refusals.length > 0 ? { ...call, status: 'refused' as const, result: refusals.join(' ') } : call
    const { outcome } = await append(tx, ctx, place, said)
    if (mayChange && outcome !== 'appended' && outcome !== 'duplicate')
      throw new Error(`a function's line was not appended: ${outcome}`)
    return { outcome: mayChange ? ('told' as const) : ('stale' as const), call: said, contact }
  })
  if (contact) await changeContact(ctx, contact.id, contact.change)
  return told
}

const append = (tx: Tx, ctx: Context, { conversationId, epoch, clientKey }: Place, functionCall: FunctionCall) =>
  appendInside(tx, {
    workspaceId: ctx.workspaceId,
    conversationId,
    kind: 'function_call',
    author: { kind: 'agent', id: ctx.actor.id, name: ctx.actor.name },
    text: null,
    data: { functionCall },
    clientKey,
    epoch,
  })

async function apply(
  tx: Tx,
  ctx: Context,
  current: ConversationRow,
  { memory = [], fields = [], tags = [], stage, followUp }: Effects,
) {
  const refusals: string[] = []
  const merged = mergeMemory(current, memory, 'agent')
  if (merged.kept.length > 0)
    refusals.push(`A person of the team decided about ${merged.kept.join(', ')}; it stays as it is.`)
  if (merged.changed.length > 0) {
    await updateConversation(tx, ctx.workspaceId, current.id, merged.update)
    await record(tx, ctx.workspaceId, { type: 'conversation.changed', conversationId: current.id, fields: ['memory'] })
  }
  if (tags.length > 0) await actInside(tx, ctx, current, { type: 'tags', add: tags, remove: [] })
  if (stage !== undefined) {
    if (current.stageBy === 'operator') refusals.push('A person of the team chose the stage; it stays as it is.')
    else await actInside(tx, ctx, current, { type: 'stage', stage })
  }
  if (followUp) await scheduleFollowUp(tx, current, followUp)
  const written = memory.filter(([key]) => merged.changed.includes(key))
  return { refusals, contact: unknownOfContact(current, written, fields) }
}
