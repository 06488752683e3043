/** Save an agent's document: a version of its own, unless nothing is new. */
import { isDeepStrictEqual } from 'node:util'
import type { AgentConfig, AgentDocument, AgentSection } from '@earshot/contracts'
import { accessFile } from '../../files/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { writeAudit } from '../../team/index.ts'
import { accessLockedAgent } from '../access.ts'
import { assertAddresses } from '../addresses.ts'
import { assertFunctions } from '../functions/assert-functions.ts'
import { sealKey, type Which } from '../model-key.ts'
import { type AgentRow, type AgentUpdate, updateAgent } from '../queries.ts'
import { viewDocument } from '../view.ts'
import { findFlows, hasForeignFlow, insertVersion, storeFlows } from './queries-versions.ts'

export interface Keys {
  /** Undefined: as it was. Null: none. */
  model?: string | null | undefined
  fallback?: string | null | undefined
}
export interface Save {
  config: AgentConfig
  keys?: Keys
  note?: string
  restoredFrom?: number | null
}

export async function saveConfig(
  ctx: Context,
  id: string,
  save: Save & { baseVersion: number },
): Promise<AgentDocument> {
  assertFunctions(save.config)
  await assertAddresses(ctx, save.config)
  await assertAvatar(ctx, save.config)
  return transact(ctx, async (tx) => {
    const current = await accessLockedAgent(tx, ctx, id)
    const isNew = !isDeepStrictEqual(save.config, current.config)
    if (isNew && save.baseVersion !== current.currentVersion)
      throw new AppError('agent.changed', {
        version: current.currentVersion,
        by: current.savedBy ?? '',
        at: (current.savedAt ?? current.updatedAt).toISOString(),
      })
    return viewDocument(await saveUnderLock(ctx, tx, current, save))
  })
}

/** In the caller's transaction, which holds the agent's lock. Answers with the agent as it then is. */
export async function saveUnderLock(ctx: Context, tx: Tx, current: AgentRow, save: Save): Promise<AgentRow> {
  const config = await adoptFlows(ctx, tx, current, save.config)
  const keys = keysAfter(ctx, current, { ...save, config })
  const isNew = current.currentVersion === 0 || !isDeepStrictEqual(config, current.config)
  if (!isNew && Object.keys(keys).length === 0) return current
  const { workspaceId } = ctx
  if (isNew) {
    await insertVersion(tx, {
      workspaceId,
      agentId: current.id,
      version: current.currentVersion + 1,
      config,
      note: save.note ?? '',
      restoredFrom: save.restoredFrom ?? null,
      byId: ctx.actor.kind === 'operator' ? ctx.actor.id : null,
      byName: ctx.actor.name ?? '',
    })
    await storeFlows(tx, workspaceId, current.id, config.flows)
  }
  const row = await updateAgent(tx, workspaceId, current.id, {
    ...keys,
    ...(isNew && { ...columnsOf(config), currentVersion: current.currentVersion + 1 }),
  })
  await tell(ctx, tx, current, row, [...sectionsThatDiffer(current.config, config), ...Object.keys(keys)])
  return row
}

/** What SQL and lists read without opening the document. */
function columnsOf({ profile, handoff }: AgentConfig): AgentUpdate {
  const { on, seconds } = handoff.waitingTooLong
  return {
    name: profile.name,
    company: profile.company,
    mode: profile.mode,
    avatarFileId: profile.avatarFileId,
    handoffAfter: on ? `${seconds} seconds` : null,
  }
}

export const sectionsThatDiffer = (before: AgentConfig, after: AgentConfig): AgentSection[] =>
  (Object.keys(after) as AgentSection[]).filter((section) => !isDeepStrictEqual(before[section], after[section]))

/** Provider, address and key change together or not at all: a stored key is never sent to another address. */
function keysAfter(ctx: Context, current: AgentRow, { config, keys = {} }: Save): AgentUpdate {
  const before = current.config.model
  const after = config.model
  const next = (which: Which, given: string | null | undefined, sealed: string | null, moved: boolean) => {
    if (given) return sealKey(ctx.agents, current, given, which)
    return given === null || moved ? null : sealed
  }
  const keySealed = next('model', keys.model, current.keySealed, isMoved(before, after))
  const fallbackKeySealed = next(
    'fallback',
    keys.fallback,
    current.fallbackKeySealed,
    isMoved(before.fallback, after.fallback),
  )
  return {
    ...(keySealed !== current.keySealed && { keySealed }),
    ...(fallbackKeySealed !== current.fallbackKeySealed && { fallbackKeySealed }),
  }
}

type Address = { provider: string; baseUrl: string | null } | null
const isMoved = (before: Address, after: Address): boolean =>
  before?.provider !== after?.provider || before?.baseUrl !== after?.baseUrl

/** A flow of this agent that has the name already is the same flow, also when ingest met it first. */
async function adoptFlows(ctx: Context, tx: Tx, { id }: AgentRow, config: AgentConfig): Promise<AgentConfig> {
  if (config.flows.length === 0) return config
  const ids = config.flows.map((flow) => flow.id)
  if (await hasForeignFlow(tx, ctx.workspaceId, id, ids))
    throw new AppError('request.invalid', {
      issues: [{ path: ['config', 'flows'], message: 'a flow of another agent' }],
    })
  const known = await findFlows(tx, ctx.workspaceId, id)
  const taken = new Set(ids)
  return {
    ...config,
    flows: config.flows.map((flow) => {
      if (known.some((row) => row.id === flow.id)) return flow
      const same = known.find((row) => row.name === flow.name && !taken.has(row.id))
      return same ? { ...flow, id: same.id } : flow
    }),
  }
}

const IMAGES = /^image\/(?:png|jpeg|webp|gif)$/

async function assertAvatar(ctx: Context, { profile }: AgentConfig): Promise<void> {
  if (!profile.avatarFileId) return
  const file = await accessFile(ctx, profile.avatarFileId)
  if (file.conversationId !== null || !IMAGES.test(file.mediaType)) throw new AppError('file.not_found')
}

async function tell(ctx: Context, tx: Tx, before: AgentRow, row: AgentRow, fields: string[]): Promise<void> {
  const action = before.currentVersion === 0 ? 'agent.created' : 'agent.changed'
  await writeAudit(tx, ctx, action, row.id, { name: row.name, version: row.currentVersion, fields })
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'agents', id: row.id })
}
