/** The door of agents: what other slices may use. */
export { type AgentServices, openAgents } from './agent-services.ts'
export { type AskedOfModel, askModel, hasModel, type ModelReply } from './ask-model.ts'
export { addAgent, addAgentOf } from './change-agent.ts'
export { createDefaultAgent } from './default-agent.ts'
export { TURN_LIMITS, type TurnLimits } from './limits.ts'
export { agentRoutes } from './routes.ts'
export { suggestAnswer } from './suggest-answer.ts'
export { Turns, type TurnsParts } from './turns.ts'
