/** The state machine of a call (voice.md §4.1): one door, pure. */
import { decideCommand } from './decide-command.ts'
import { decideFact } from './decide-fact.ts'
import {
  decideControl,
  decideFailed,
  decideFloorIs,
  decideMediaLost,
  decideQueueOver,
  decideSilent,
  decideUnanswered,
} from './decide-other.ts'
import type { Decision, Input, Model } from './model.ts'

export { apply } from './apply.ts'
export {
  allowedIn,
  type CallChange,
  type CallEvent,
  type Change,
  type CommandInput,
  type Decision,
  type DialTo,
  type Input,
  type LegChange,
  type LegView,
  type Model,
  type Step,
  type Talk,
} from './model.ts'
export { brokenRules } from './rules.ts'

export function decide(model: Model, input: Input): Decision {
  switch (input.t) {
    case 'fact':
      return decideFact(model, input.fact, input)
    case 'control':
      return decideControl(model, input)
    case 'failed':
      return decideFailed(model, input)
    case 'queueOver':
      return decideQueueOver(model, input)
    case 'unanswered':
      return decideUnanswered(model, input)
    case 'floorIs':
      return decideFloorIs(model, input)
    case 'mediaLost':
      return decideMediaLost(model, input)
    case 'silent':
      return decideSilent(model, input)
    default:
      return decideCommand(model, input)
  }
}
