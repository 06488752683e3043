/** What every section of an agent's editor is given. */
import type { AgentDraft } from './use-agent-draft.ts'

export interface SectionProps {
  agentId: string
  draft: AgentDraft
}
