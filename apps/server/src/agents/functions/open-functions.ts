/** The functions of one answer, ready to be called: what the agent's document offers, in the place where the answer is made. */
import type { Context } from '../../platform/context.ts'
import type { Voice } from '../answer-with-model.ts'
import type { ToAnswer } from '../to-answer.ts'
import { type Offered, offeredFunctions } from './offered.ts'
import { openSecrets } from './open-secrets.ts'
import { FunctionRunner } from './runner.ts'
import type { World } from './world.ts'

/** Where an answer is only tried, nothing outside is changed. */
export function openFunctions(ctx: Context, asked: ToAnswer, voice: Voice, own: Offered[] = []): FunctionRunner {
  const { agent, question, turn, acting } = asked
  const { flow = null, stages = [], earlier = [] } = acting ?? {}
  const world: World = {
    search: question.search,
    outbound: ctx.agents.outbound,
    secrets: (names, url) => openSecrets(ctx, agent.id, names, url),
    tell: voice.tell ?? (async (call) => voice.record(call).then(() => call)),
    fields: agent.config.memoryFields,
    key: turn ? `${turn.conversationId} ${turn.through}` : '',
    lost: voice.lost ?? voice.signal,
    trial: turn ? null : (acting?.trial ?? { confirmed: [] }),
  }
  const listed = offeredFunctions(agent.config, flow, stages)
  // A name means one function, and none of the list takes the place of what every agent may notice.
  const others = listed.filter(({ name }) => !own.some((one) => one.name === name))
  return new FunctionRunner([...others, ...own], world, earlier)
}
