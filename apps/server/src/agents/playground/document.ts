/** Which document of an agent is tried: one that is not saved, one of its versions, or the one in force. */
import type { AgentConfig } from '@earshot/contracts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { findWorkspaceName } from '../../team/index.ts'
import { accessAgent } from '../access.ts'
import { readDocument } from '../config.ts'
import type { AgentRow } from '../queries.ts'
import { accessVersion } from '../versions/read-versions.ts'

export interface Which {
  config?: AgentConfig | undefined
  version?: number | undefined
}

/** The agent as that document makes it; `version` is null for one that is not saved. */
export async function agentOf(
  tx: Tx,
  ctx: Context,
  id: string,
  which: Which,
): Promise<{ agent: AgentRow; version: number | null }> {
  const stored = await accessAgent(tx, ctx, id)
  const workspaceName = await findWorkspaceName(tx, ctx.workspaceId)
  if (which.config) return { agent: withDocument(stored, which.config, workspaceName), version: null }
  if (which.version === undefined)
    return { agent: withDocument(stored, stored.config, workspaceName), version: stored.currentVersion }
  const { config } = await accessVersion(tx, ctx, id, which.version)
  return { agent: withDocument(stored, readDocument(config), workspaceName), version: which.version }
}

/** A stored key is never sent to another address than the one it was given for, whatever a draft says. */
export function withDocument(stored: AgentRow, config: AgentConfig, workspaceName: string): AgentRow {
  const { model, profile } = config
  const own = stored.config.model
  const isSame = model.provider === own.provider && model.baseUrl === own.baseUrl
  const [fallback, ownFallback] = [model.fallback, own.fallback]
  const isSameFallback = fallback?.provider === ownFallback?.provider && fallback?.baseUrl === ownFallback?.baseUrl
  return {
    ...stored,
    config,
    name: profile.name,
    company: profile.company ?? workspaceName,
    mode: profile.mode,
    keySealed: isSame ? stored.keySealed : null,
    fallbackKeySealed: isSameFallback ? stored.fallbackKeySealed : null,
  }
}
