/** The door of agents: what other slices may use. */
export { type AgentServices, openAgents } from './agent-services.ts'
export {
  type AskedOfModel,
  askModel,
  askModelAt,
  hasModel,
  type ModelReply,
  type PlacedModel,
} from './ask-model.ts'
export { addAgent, addAgentOf } from './change-agent.ts'
export { createDefaultAgent } from './default-agent.ts'
export { openSecrets as openSigning } from './external/secret.ts'
export { TURN_LIMITS, type TurnLimits } from './limits.ts'
export { detectFields, detectorOf, type SaidLine } from './memory/detect-fields.ts'
export { unknownOfContact } from './memory/fill-contact.ts'
export { type CallTools, toolsOnCall } from './on-call.ts'
export { type AgentRow, findAgent, memoryFieldsOf } from './queries.ts'
export { getReplay } from './replay/read-replays.ts'
export { replayJob } from './replay/replay-job.ts'
export { startReplay } from './replay/start-replay.ts'
export { agentRoutes } from './routes.ts'
export { openSecret as openAgentSecret } from './secrets/keep-secret.ts'
export { suggestAnswer } from './suggest-answer.ts'
export { Turns, type TurnsParts } from './turns.ts'
