/** Agent rows as the contract shows them. The key never leaves. */
import type { Agent } from '@earshot/contracts'
import type { AgentRow } from './queries.ts'

export function viewAgent(row: AgentRow): Agent {
  return {
    id: row.id,
    name: row.name,
    company: row.company,
    mode: row.mode,
    languages: row.languages,
    instructions: row.instructions,
    handoffPhrases: row.handoffPhrases,
    model: {
      provider: row.provider,
      baseUrl: row.baseUrl,
      model: row.model,
      temperature: row.temperature,
      maxOutputTokens: row.maxOutputTokens,
      inputPricePerMillion: row.inputPricePerMillion,
      outputPricePerMillion: row.outputPricePerMillion,
      hasKey: row.keySealed !== null,
    },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    archivedAt: row.archivedAt?.toISOString() ?? null,
  }
}
