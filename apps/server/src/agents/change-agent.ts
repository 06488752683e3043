/** Create, change, copy and archive agents. Whatever changes the document goes through its versions. */
import type { Agent, AgentChange, AgentConfig } from '@earshot/contracts'
import { AgentConfig as AgentConfigSchema, defaultAgentConfig } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { writeAudit } from '../team/index.ts'
import { accessAgent, accessLockedAgent } from './access.ts'
import { assertAddresses } from './addresses.ts'
import { type AgentRow, insertAgent, updateAgent } from './queries.ts'
import { copyOf } from './versions/copy-config.ts'
import { type Keys, saveUnderLock } from './versions/save-config.ts'
import { viewAgent } from './view.ts'

export type AgentWish = z.output<typeof AgentChange>

export async function createAgent(ctx: Context, wish: AgentWish & { name: string }): Promise<Agent> {
  await assertAddresses(ctx, applied(defaultAgentConfig(wish.name), wish))
  return transact(ctx, async (tx) => viewAgent(ctx, await addAgent(ctx, tx, wish)))
}

/** Adds an agent in the caller's transaction. */
export function addAgent(ctx: Context, tx: Tx, wish: AgentWish & { name: string }): Promise<AgentRow> {
  return addAgentOf(ctx, tx, applied(defaultAgentConfig(wish.name), wish), { model: wish.model?.key })
}

/** The same, of a whole document. */
export async function addAgentOf(ctx: Context, tx: Tx, config: AgentConfig, keys: Keys = {}): Promise<AgentRow> {
  const row = await insertAgent(tx, { workspaceId: ctx.workspaceId, name: config.profile.name })
  return saveUnderLock(ctx, tx, row, { config, keys })
}

/** Single fields, over whatever is in force: the last one wins. Editors of the whole document use `saveConfig`. */
export async function changeAgent(ctx: Context, id: string, wish: AgentWish): Promise<Agent> {
  await assertAddresses(
    ctx,
    applied(defaultAgentConfig('any'), { model: wish.model && { baseUrl: wish.model.baseUrl } }),
  )
  return transact(ctx, async (tx) => {
    const current = await accessLockedAgent(tx, ctx, id)
    const config = applied(current.config, wish)
    return viewAgent(ctx, await saveUnderLock(ctx, tx, current, { config, keys: { model: wish.model?.key } }))
  })
}

export function duplicateAgent(ctx: Context, id: string, name: string): Promise<Agent> {
  return transact(ctx, async (tx) => {
    const { config } = await accessAgent(tx, ctx, id)
    return viewAgent(ctx, await addAgentOf(ctx, tx, copyOf(config, name)))
  })
}

/** Conversations stay; those it would answer next go to the queue. It keeps its keys, so that undoing this brings all of it back. */
export function archiveAgent(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    const current = await accessLockedAgent(tx, ctx, id)
    if (!current.archivedAt) await shelve(ctx, tx, current, 'agent.archived', new Date())
    return { ok: true as const }
  })
}

export function unarchiveAgent(ctx: Context, id: string): Promise<Agent> {
  return transact(ctx, async (tx) => {
    const current = await accessLockedAgent(tx, ctx, id)
    const row = current.archivedAt ? await shelve(ctx, tx, current, 'agent.unarchived', null) : current
    return viewAgent(ctx, row)
  })
}

async function shelve(
  ctx: Context,
  tx: Tx,
  { id, name }: AgentRow,
  action: string,
  at: Date | null,
): Promise<AgentRow> {
  const row = await updateAgent(tx, ctx.workspaceId, id, { archivedAt: at })
  await writeAudit(tx, ctx, action, id, { name })
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'agents', id })
  return row
}

/** The document with single fields changed. */
function applied(config: AgentConfig, wish: AgentWish): AgentConfig {
  const { name, company, mode, languages, instructions, handoffPhrases, model: { key: _, ...model } = {} } = wish
  const { handoff, profile } = config
  const next = {
    ...config,
    profile: { ...profile, ...given({ name, company, mode, languages }) },
    model: { ...config.model, ...given(model) },
    handoff: { ...handoff, contactAsks: { ...handoff.contactAsks, ...given({ phrases: handoffPhrases }) } },
    ...given({ instructions }),
  }
  const read = AgentConfigSchema.safeParse(next)
  if (read.success) return read.data
  throw new AppError('request.invalid', {
    issues: read.error.issues.map(({ path, message }) => ({ path: path.map(String), message })),
  })
}

const given = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
