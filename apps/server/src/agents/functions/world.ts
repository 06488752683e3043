/** The place that functions run in: a conversation, or a trial of which nothing is kept. */
import type { FunctionCall, MemoryField } from '@earshot/contracts'
import type { KnowledgePassage } from '../../knowledge/index.ts'
import type { OutboundOptions } from '../../platform/outbound-http.ts'
import type { TrialRules } from '../to-answer.ts'
import type { Effects } from './effects.ts'

export interface World {
  search(query: string, limit?: number): Promise<KnowledgePassage[]>
  outbound: OutboundOptions
  /** Those that may be sent to this address. */
  secrets(names: string[], url: string): Promise<ReadonlyMap<string, string>>
  /** Writes the call into the log and changes what it changes, at once or not at all; returns the call as it was written. */
  tell(call: FunctionCall, effects: Effects): Promise<FunctionCall>
  fields: MemoryField[]
  /** Names the turn: an address recognises by it a call that is repeated after a crash. */
  key: string
  /** Fires when the agent has lost the floor. A call that may have changed something is not given up for less. */
  lost: AbortSignal
  /** Nothing outside is changed but what was confirmed. Null in a conversation. */
  trial: TrialRules | null
}
