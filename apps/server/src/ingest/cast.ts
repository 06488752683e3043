/** The cast of a conversation from elsewhere: its channel, agent, flow and contact, found by name or made. */
import { randomUUID } from 'node:crypto'
import type { IngestConversation } from '@earshot/contracts'
import { findOrCreateContact } from '../contacts/index.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import {
  findAgentByName,
  findChannelOfKind,
  findOrInsertFlow,
  insertChannelOfKind,
  insertPassiveAgent,
  lockName,
} from './queries.ts'

export type Named = Pick<IngestConversation, 'channel' | 'agent' | 'flow' | 'contact'>

export interface Cast {
  channelId: string
  agentId: string
  flowId: string | null
  contactId: string
}

const CHANNEL_NAMES: Record<string, string> = {
  widget: 'Widget',
  web: 'Web',
  whatsapp: 'WhatsApp',
  telegram: 'Telegram',
  messenger: 'Messenger',
  slack: 'Slack',
  voip: 'Phone',
  crm: 'CRM',
  api: 'API',
}
const DEFAULT_AGENT = 'External agent'

export async function castFor(tx: Tx, ctx: Context, named: Named): Promise<Cast> {
  const channelId = await channelOf(tx, ctx, named.channel ?? 'api')
  const agentId = await agentOf(tx, ctx, named.agent ?? DEFAULT_AGENT)
  const flowId = named.flow ? await findOrInsertFlow(tx, ctx.workspaceId, agentId, named.flow) : null
  return { channelId, agentId, flowId, contactId: await contactOf(tx, ctx, named.contact) }
}

async function channelOf(tx: Tx, ctx: Context, kind: string): Promise<string> {
  const found = await findChannelOfKind(tx, ctx.workspaceId, kind)
  if (found) return found.id
  await lockName(tx, ctx.workspaceId, `channel ${kind}`)
  const again = await findChannelOfKind(tx, ctx.workspaceId, kind)
  if (again) return again.id
  const { id } = await insertChannelOfKind(tx, ctx.workspaceId, kind, CHANNEL_NAMES[kind] ?? kind)
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'channels', id })
  return id
}

async function agentOf(tx: Tx, ctx: Context, name: string): Promise<string> {
  const found = await findAgentByName(tx, ctx.workspaceId, name)
  if (found) return found.id
  await lockName(tx, ctx.workspaceId, `agent ${name}`)
  const again = await findAgentByName(tx, ctx.workspaceId, name)
  if (again) return again.id
  const { id } = await insertPassiveAgent(tx, ctx.workspaceId, name)
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'agents', id })
  return id
}

/** Without an external id nobody can say that two are one: each conversation then has a contact of its own. */
async function contactOf(tx: Tx, ctx: Context, contact: Named['contact']): Promise<string> {
  const { externalId, ...known } = contact ?? {}
  const point = { kind: 'external_id', value: externalId ?? randomUUID() }
  return (await findOrCreateContact(tx, ctx.workspaceId, externalId ? point : null, known)).id
}
