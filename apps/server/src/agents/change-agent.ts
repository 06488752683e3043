/** Create, change and archive agents. */
import type { Agent, AgentChange } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { baseUrlOf } from '../platform/llm.ts'
import { assertCallable, OutboundRefused } from '../platform/outbound-http.ts'
import { writeAudit } from '../team/index.ts'
import { accessLockedAgent } from './access.ts'
import { sealKey } from './model-key.ts'
import { type AgentRow, type AgentUpdate, insertAgent, updateAgent } from './queries.ts'
import { viewAgent } from './view.ts'

export type AgentWish = z.output<typeof AgentChange>

export async function createAgent(ctx: Context, wish: AgentWish & { name: string }): Promise<Agent> {
  await assertAddress(ctx, wish)
  return transact(ctx, async (tx) => viewAgent(await addAgent(ctx, tx, wish)))
}

/** Adds an agent in the caller's transaction. */
export async function addAgent(ctx: Context, tx: Tx, wish: AgentWish & { name: string }): Promise<AgentRow> {
  const row = await insertAgent(tx, { workspaceId: ctx.workspaceId, ...columnsOf(wish), name: wish.name })
  requireModel(row)
  const key = wish.model?.key
  const sealed = key
    ? await updateAgent(tx, ctx.workspaceId, row.id, { keySealed: sealKey(ctx.agents, row, key) })
    : row
  await tell(ctx, tx, 'agent.created', sealed, wish)
  return sealed
}

export async function changeAgent(ctx: Context, id: string, wish: AgentWish): Promise<Agent> {
  await assertAddress(ctx, wish)
  return transact(ctx, async (tx) => {
    const current = await accessLockedAgent(tx, ctx, id)
    const row = await updateAgent(tx, ctx.workspaceId, id, { ...columnsOf(wish), ...keyAfter(ctx, current, wish) })
    requireModel(row)
    await tell(ctx, tx, 'agent.changed', row, wish)
    return viewAgent(row)
  })
}

/** Conversations stay; those it would answer next go to the queue. */
export function archiveAgent(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    const current = await accessLockedAgent(tx, ctx, id)
    if (!current.archivedAt) {
      const row = await updateAgent(tx, ctx.workspaceId, id, { archivedAt: new Date(), keySealed: null })
      await tell(ctx, tx, 'agent.archived', row, {})
    }
    return { ok: true as const }
  })
}

/** Provider, address and key change together or not at all: a stored key is never sent to another address. */
function keyAfter(ctx: Context, current: AgentRow, { model }: AgentWish): AgentUpdate {
  if (!model) return {}
  if (model.key) return { keySealed: sealKey(ctx.agents, current, model.key) }
  const moved =
    (model.provider !== undefined && model.provider !== current.provider) ||
    (model.baseUrl !== undefined && model.baseUrl !== current.baseUrl)
  return model.key === null || moved ? { keySealed: null } : {}
}

function columnsOf({ model, ...wish }: AgentWish): Omit<AgentUpdate, 'workspaceId' | 'id'> {
  const { key: _, ...settings } = model ?? {}
  return withoutUndefined({ ...wish, ...settings })
}

const withoutUndefined = <T extends object>(given: T): T =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T

function requireModel(row: AgentRow): void {
  if (row.provider === 'embedded' || row.model) return
  throw new AppError('request.invalid', { issues: [{ path: ['model', 'model'], message: 'name the model to use' }] })
}

/** An address that may never be called is refused at once; a name that cannot be resolved now may be later. */
async function assertAddress(ctx: Context, { model }: AgentWish): Promise<void> {
  if (!model?.baseUrl) return
  try {
    await assertCallable(baseUrlOf({ provider: 'openai-compatible', baseUrl: model.baseUrl }), ctx.agents.outbound)
  } catch (error) {
    if (error instanceof OutboundRefused) throw new AppError('agent.address_refused')
  }
}

async function tell(ctx: Context, tx: Tx, action: string, row: AgentRow, wish: Partial<AgentWish>): Promise<void> {
  const fields = [...Object.keys(wish), ...Object.keys(wish.model ?? {}).map((key) => `model.${key}`)].filter(
    (key) => key !== 'model',
  )
  await writeAudit(tx, ctx, action, row.id, { name: row.name, fields })
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'agents', id: row.id })
}
