/** What an answer is made from and what comes of it, whoever makes it. */
import type { FunctionCall, JsonValue } from '@earshot/contracts'
import type { Answer, Question, Usage } from './answer.ts'
import type { Breaker } from './breaker.ts'
import type { TurnLimits } from './limits.ts'
import type { Brief } from './prompt.ts'
import type { AgentRow } from './queries.ts'

export interface ToAnswer {
  /** As stored, or with the settings of a draft. */
  agent: AgentRow
  question: Question
  brief: Brief
  limits: TurnLimits
  /** Null where a person tries the agent out: they want its error, again and again. */
  breaker: Breaker | null
  /** The turn it answers; left out where nothing is said to anybody. */
  turn?: TurnPlace
  /** Its budget is used up, and it may say no more than that. */
  isStopped?: boolean
  /** What its functions may know and do; left out, they look things up and change nothing. */
  acting?: Acting
}

export interface Acting {
  /** Functions of the conversation's flow; null: all of the agent's. */
  flow: string[] | null
  /** Keys of the workspace's stages. */
  stages: string[]
  /** Calls since the contact was last answered. */
  earlier: FunctionCall[]
  /** Where nothing is a conversation. */
  trial?: TrialRules
}

export interface TrialRules {
  /** Names of functions that may change something outside, and are called all the same. */
  confirmed: string[]
  /** Functions answer from a record in place of being called; what it does not hold is not called. */
  recorded?: (name: string, parameters: JsonValue) => FunctionCall | undefined
}

export interface TurnPlace {
  conversationId: string
  epoch: number
  through: number
  /** Of the draft that screens show while it is made. */
  turnId: () => string
}

export type Cost = Usage & { costUsd: number }
export type Made =
  | {
      kind: 'answer'
      answer: Answer
      usage: Cost | null
      memory?: Record<string, JsonValue>
      /** The model failed for this reason, and the fallback answered. */
      fellBack?: string
    }
  | { kind: 'failed'; reason: string; detail: string; usage: Cost | null }
/** The answer came by another door, and is in the log already: only a turn can meet this. */
export type Stored = { kind: 'stored' }
