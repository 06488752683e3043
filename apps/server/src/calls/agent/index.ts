/** The door of agents that speak on calls. */
export { AGENT_PATH, openAgentDoor } from './agent-door.ts'
export { agentToken } from './agent-token.ts'
export { sayLastWords } from './last-words.ts'
export { VoiceAgents } from './voice-agents.ts'
