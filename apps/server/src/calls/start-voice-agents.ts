/** Lets agents speak on calls from this node: the door the hub dials, how the hub finds it, and that they are heard to the end. */
import type { Server } from 'node:http'
import type { Bus } from '../platform/bus.ts'
import type { Services } from '../platform/context.ts'
import type { Feed } from '../platform/feed.ts'
import { openAgentDoor, sayLastWords, VoiceAgents } from './agent/index.ts'
import { agentPlans } from './agent-plan.ts'

export interface VoiceAgentParts {
  services: Services
  bus: Bus
  feed: Feed
  config: { secret: string }
}

/** `url` is where this node answers. */
export function startVoiceAgents(node: VoiceAgentParts, server: Server, url: string): { stop(): Promise<void> } {
  const { services, bus, config } = node
  const agents = new VoiceAgents(node)
  const closeDoor = openAgentDoor(server, agents, config.secret)
  services.agents.lastWords = (ctx, words) => sayLastWords(ctx, bus, words)
  services.calls.agentPlanOf = agentPlans({ secret: config.secret, url: () => withinReach(url) })
  return {
    async stop() {
      closeDoor()
      await agents.stop()
    },
  }
}

/** What listens everywhere is reached here. */
const withinReach = (url: string): string => url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:')
