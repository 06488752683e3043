/** What triggers and flows know of the conversation beside what is said in it. */
import type { Flow, JsonValue } from '@earshot/contracts'

export interface Facts {
  flow: Flow | null
  channelKind: string
  memory: Record<string, JsonValue>
  /** Answers the agent has given. */
  answers: number
  /** How often each situation has happened so far, by its id. */
  situations: ReadonlyMap<string, number>
}

/** Of a talk that is no conversation. */
export const NO_FACTS: Facts = { flow: null, channelKind: 'web', memory: {}, answers: 0, situations: new Map() }
