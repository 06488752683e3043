/** A document for another agent: the same, with ids of its own wherever rows or other parts name them. */
import { randomUUID } from 'node:crypto'
import type { AgentConfig } from '@earshot/contracts'

export function copyOf(config: AgentConfig, name: string): AgentConfig {
  const renamed = new Map<string, string>()
  const anew = (id: string): string => {
    const other = renamed.get(id) ?? randomUUID()
    renamed.set(id, other)
    return other
  }
  return {
    ...config,
    profile: { ...config.profile, name },
    flows: config.flows.map((flow) => ({
      ...flow,
      id: anew(flow.id),
      functionIds: flow.functionIds?.map(anew) ?? null,
    })),
    situations: config.situations.map((situation) => ({ ...situation, id: anew(situation.id) })),
    functions: config.functions.map((own) => ({ ...own, id: anew(own.id) })),
  }
}
