/** The key of an agent's model: sealed for this agent of this workspace, opened only to call the model. */
import type { AgentServices } from './agent-services.ts'
import type { AgentRow } from './queries.ts'

type Owner = Pick<AgentRow, 'workspaceId' | 'id'>

export function sealKey({ sealer }: AgentServices, agent: Owner, key: string): string {
  return sealer.seal(key, purposeOf(agent))
}

/** Null: there is none. Undefined: there is one, but EARSHOT_SECRET has changed since it was stored. */
export function openKey(
  { sealer }: AgentServices,
  agent: Owner & Pick<AgentRow, 'keySealed'>,
): string | null | undefined {
  return agent.keySealed === null ? null : sealer.open(agent.keySealed, purposeOf(agent))
}

const purposeOf = ({ workspaceId, id }: Owner): string => `workspace ${workspaceId} agent ${id} model key`
