/** Create a channel; a new workspace gets a widget and a hosted chat at once. */
import { randomBytes } from 'node:crypto'
import type { Channel } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { accessChannel } from './access.ts'
import { agentExists, findFirstAgent, insertChannel } from './queries.ts'
import { type ChatSettings, DEFAULT_SETTINGS } from './settings.ts'
import { viewChannel } from './view.ts'

export interface ChannelGiven {
  kind: 'widget' | 'web' | 'api' | 'voip'
  name: string
  agentId?: string | null | undefined
  burstMs?: number | undefined
  reopenHours?: number | null | undefined
  widget?: Partial<ChatSettings> | undefined
}

const REOPEN_HOURS = 72

export function createChannel(ctx: Context, given: ChannelGiven): Promise<Channel> {
  return transact(ctx, async (tx) => viewChannel(ctx, await accessChannel(tx, ctx, await addChannel(tx, ctx, given))))
}

/** Adds a channel in the caller's transaction. */
export async function addChannel(tx: Tx, ctx: Context, given: ChannelGiven): Promise<string> {
  await requireAgent(tx, ctx, given.agentId)
  const id = await insertChannel(tx, ctx.workspaceId, {
    kind: given.kind,
    name: given.name,
    key: newKey(),
    agentId: given.agentId ?? null,
    burstMs: given.burstMs ?? 0,
    reopenHours: given.reopenHours === undefined ? REOPEN_HOURS : given.reopenHours,
    settings: { ...DEFAULT_SETTINGS, ...given.widget },
  })
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'channels', id })
  return id
}

/** Furnishes a new workspace, so that its owner can chat with it at once; its first agent answers. */
export function createDefaultChannels(ctx: Context): Promise<{ widgetId: string; webId: string }> {
  return transact(ctx, async (tx) => {
    const agentId = await findFirstAgent(tx, ctx.workspaceId)
    const widgetId = await addChannel(tx, ctx, { kind: 'widget', name: 'Website', agentId })
    const webId = await addChannel(tx, ctx, { kind: 'web', name: 'Hosted chat', agentId })
    return { widgetId, webId }
  })
}

export async function requireAgent(tx: Tx, ctx: Context, agentId: string | null | undefined): Promise<void> {
  if (agentId && !(await agentExists(tx, ctx.workspaceId, agentId))) throw new AppError('agent.not_found')
}

/** Public, but not guessable: 80 random bits in letters that nobody confuses. */
function newKey(): string {
  const letters = '23456789abcdefghijkmnpqrstuvwxyz'
  return Array.from(randomBytes(16), (byte) => letters[byte & 31]).join('')
}
