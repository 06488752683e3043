/** What comes of a function: for the log, for the model, and for the turn once the answer is said. */
import type { FunctionCall, JsonValue } from '@earshot/contracts'
import type { KnowledgePassage } from '../../knowledge/index.ts'
import type { Effects } from './effects.ts'

export interface Ran {
  /** What the model reads, before it is fenced. */
  text: string
  /** Of a search, in place of the text. */
  passages: KnowledgePassage[] | null
  /** What is to be done once the answer is said. */
  after: { kind: 'hand_off' | 'end' | 'switch'; reason: string } | null
}

export interface Outcome {
  status: FunctionCall['status']
  result: JsonValue
  effects: Effects
  text?: string
  passages?: KnowledgePassage[]
  after?: Ran['after']
}
