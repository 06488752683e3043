/** The keys of an agent's models: sealed for this agent of this workspace, opened only to call the model. */
import type { AgentServices } from './agent-services.ts'
import type { AgentRow } from './queries.ts'

type Owner = Pick<AgentRow, 'workspaceId' | 'id'>
/** The model that answers, or the one that answers when it failed. */
export type Which = 'model' | 'fallback'

export function sealKey({ sealer }: AgentServices, agent: Owner, key: string, which: Which = 'model'): string {
  return sealer.seal(key, purposeOf(agent, which))
}

/** Null: there is none. Undefined: there is one, but EARSHOT_SECRET has changed since it was stored. */
export function openKey(
  { sealer }: AgentServices,
  agent: Owner & Pick<AgentRow, 'keySealed' | 'fallbackKeySealed'>,
  which: Which = 'model',
): string | null | undefined {
  const sealed = which === 'model' ? agent.keySealed : agent.fallbackKeySealed
  return sealed === null ? null : sealer.open(sealed, purposeOf(agent, which))
}

const purposeOf = ({ workspaceId, id }: Owner, which: Which): string =>
  `workspace ${workspaceId} agent ${id} ${which === 'model' ? 'model' : 'fallback model'} key`
