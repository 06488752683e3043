/** Agent rows as the contract shows them. The key never leaves. */
import type { Agent, AgentDocument } from '@earshot/contracts'
import type { Context } from '../platform/context.ts'
import type { AgentRow } from './queries.ts'

export function viewAgent(ctx: Pick<Context, 'workspaceId' | 'fileLinks'>, row: AgentRow): Agent {
  const { profile, model, handoff, instructions } = row.config
  return {
    id: row.id,
    name: row.name,
    company: row.company,
    mode: row.mode,
    languages: profile.languages,
    instructions,
    handoffPhrases: handoff.contactAsks.phrases,
    model: {
      provider: model.provider,
      baseUrl: model.baseUrl,
      model: model.model,
      temperature: model.temperature,
      maxOutputTokens: model.maxOutputTokens,
      inputPricePerMillion: model.inputPricePerMillion,
      outputPricePerMillion: model.outputPricePerMillion,
      hasKey: row.keySealed !== null,
    },
    version: row.currentVersion,
    avatarUrl: row.avatarFileId && ctx.fileLinks.sign(ctx.workspaceId, row.avatarFileId),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    archivedAt: row.archivedAt?.toISOString() ?? null,
  }
}

export function viewDocument(row: AgentRow): AgentDocument {
  return {
    agentId: row.id,
    version: row.currentVersion,
    config: row.config,
    savedAt: (row.savedAt ?? row.createdAt).toISOString(),
    savedBy: row.savedBy ?? '',
    note: row.note ?? '',
    hasKey: row.keySealed !== null,
    hasFallbackKey: row.fallbackKeySealed !== null,
  }
}
