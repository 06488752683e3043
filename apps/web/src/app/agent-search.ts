/** What of the address belongs to an open agent: which of its views is shown. */
export type AgentView = 'chat' | 'replay'
export type AgentSearch = { tab?: AgentView | undefined }

export function readAgentSearch({ tab }: Record<string, unknown>): AgentSearch {
  return tab === 'chat' || tab === 'replay' ? { tab } : {}
}
