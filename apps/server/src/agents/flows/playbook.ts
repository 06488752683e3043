/** What a conversation is told beside its answers: that it is in another flow, and that a situation happened. */
import type { Flow, Situation } from '@earshot/contracts'
import { lockConversation, updateConversation, writeActivity } from '../../conversations/index.ts'
import { type Context, transact } from '../../platform/context.ts'
import { record } from '../../platform/events.ts'

/** How an answer tells what it noticed; left out where nothing is a conversation. */
export interface Playbook {
  useFlow(flow: Flow | null, by: 'rule' | 'model'): Promise<void>
  noteSituation(situation: Situation, key: string): Promise<void>
}

interface Place {
  conversationId: string
  epoch: number
  agent: { id: string; name: string }
}

export function playbookOf(ctx: Context, place: Place, onStale: () => void): Playbook {
  return {
    async useFlow(flow, by) {
      if (!(await useFlow(ctx, place, flow, by))) onStale()
    },
    async noteSituation(situation, key) {
      const { outcome } = await ctx.append({
        workspaceId: ctx.workspaceId,
        conversationId: place.conversationId,
        kind: 'activity',
        author: { kind: 'agent', id: place.agent.id, name: place.agent.name },
        text: null,
        data: { type: 'situation_noticed', situationId: situation.id, trigger: situation.trigger },
        clientKey: key,
        epoch: place.epoch,
      })
      if (outcome === 'stale' || outcome === 'blocked' || outcome === 'not_found') onStale()
    },
  }
}

/** The flow and the line that tells it are one change, under the turn's epoch. False when somebody else has the floor. */
function useFlow(ctx: Context, { conversationId, epoch }: Place, flow: Flow | null, by: 'rule' | 'model') {
  return transact(ctx, async (tx) => {
    const current = await lockConversation(tx, ctx.workspaceId, conversationId)
    if (!current || current.epoch !== epoch || current.control !== 'agent' || current.status !== 'active') return false
    if (current.flowId === (flow?.id ?? null)) return true
    await updateConversation(tx, ctx.workspaceId, conversationId, { flowId: flow?.id ?? null })
    await record(tx, ctx.workspaceId, { type: 'conversation.changed', conversationId, fields: ['flowId'] })
    const named = flow && { id: flow.id, name: flow.name }
    await writeActivity(tx, ctx, conversationId, {
      type: 'flow_switched',
      flow: named,
      from: current.flowName,
      how: by,
    })
    return true
  })
}
