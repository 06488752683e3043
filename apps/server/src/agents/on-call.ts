/** What a model that hears and speaks by itself is given of an agent: its instructions and its functions, run and told as in any answer. */
import { randomBytes } from 'node:crypto'
import { searchKnowledge } from '../knowledge/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { type Effects, tellCall } from './functions/effects.ts'
import { offeredFunctions } from './functions/offered.ts'
import { openSecrets } from './functions/open-secrets.ts'
import type { Ran } from './functions/outcome.ts'
import { FunctionRunner } from './functions/runner.ts'
import { unfence, writeInstructions, writePassages } from './prompt.ts'
import type { AgentRow } from './queries.ts'
import { findStageKeys } from './queries-turns.ts'
import { foldersOf } from './read-turn.ts'

export interface CallTools {
  instructions: string
  tools: { name: string; description: string; parameters: object }[]
  /** `turn` names what the caller said last: a new one may call as much as an answer may. */
  run(name: string, given: unknown, turn: string, signal: AbortSignal): Promise<{ text: string; after: Ran['after'] }>
}

export async function toolsOnCall(
  ctx: Context,
  agent: AgentRow,
  place: { callId: string; conversationId: string; epoch: () => number },
): Promise<CallTools> {
  const stages = await transact(ctx, (tx) => findStageKeys(tx, ctx.workspaceId))
  const actor = { kind: 'agent', id: agent.id, name: agent.name, role: 'operator', scopes: [] } as const
  const own: Context = { ...ctx, actor }
  const fence = `=====${randomBytes(6).toString('hex')}=====`
  const offered = offeredFunctions(agent.config, null, stages)
  const lost = new AbortController()
  let calls = 0
  let current: { turn: string; runner: FunctionRunner } | undefined

  const runnerOf = (turn: string): FunctionRunner => {
    if (current?.turn === turn) return current.runner
    const world = {
      search: (query: string, limit?: number) =>
        transact(ctx, (tx) =>
          searchKnowledge(tx, query, {
            ...(limit ? { limit } : {}),
            language: agent.config.profile.languages[0],
            folderIds: foldersOf(agent),
          }),
        ),
      outbound: ctx.agents.outbound,
      secrets: (names: string[], url: string) => openSecrets(ctx, agent.id, names, url),
      async tell(call: Parameters<typeof tellCall>[2], effects: Effects) {
        const clientKey = `~call:${place.callId}:function:${turn}:${calls++}`
        const told = await tellCall(own, { ...place, epoch: place.epoch(), clientKey }, call, effects)
        return told.call
      },
      fields: agent.config.memoryFields,
      key: `${place.callId} ${turn}`,
      lost: lost.signal,
      trial: null,
    }
    current = { turn, runner: new FunctionRunner(offered, world, current?.runner.done ?? []) }
    return current.runner
  }

  return {
    instructions: [
      writeInstructions(agent, [], { handBack: null, coaching: [] }, fence),
      '# On the telephone\nYou speak with the customer by voice: answer in one to three short sentences, without lists, links or Markdown.',
    ].join('\n\n'),
    tools: offered.map(({ name, description, parameters }) => ({ name, description, parameters })),
    async run(name, given, turn, signal) {
      const { text, passages, after } = await runnerOf(turn).call(name, given, signal)
      const said = passages ? writePassages(passages, fence) : `${fence}\n${unfence(text, fence)}\n${fence}`
      return { text: said, after }
    },
  }
}
