/** Hear: words of a call. Final ones become one entry of the conversation; those that may still change are shown and not kept. */
import type { SpokenText } from '@earshot/voice'
import type { AppendItem } from '../conversations/index.ts'
import { findConversation } from '../conversations/index.ts'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import { tellMoment } from './moments.ts'
import { type CallRow, findCall, findCallWorkspace, findLegs } from './queries.ts'

type Spoken = Omit<SpokenText, 'text'> & {
  /** Null: it was heard that something was said, and nobody could write it down. */
  text: string | null
}

/** Idempotent by call and utterance. A call that is gone is heard by nobody. */
export async function hear(services: Services, callId: string, spoken: Spoken): Promise<void> {
  const workspaceId = await findCallWorkspace(services.db, callId)
  if (workspaceId) await hearIn(asSystem(services, workspaceId), callId, spoken)
}

export async function hearIn(ctx: Context, callId: string, spoken: Spoken): Promise<void> {
  const said = await transact(ctx, (tx) => readCall(tx, ctx, callId))
  if (!said) return
  const { utterance, role, startMs } = spoken
  if (!spoken.final) {
    const { conversationId } = said.call
    const text = spoken.text ?? ''
    return tellMoment(ctx, ctx.workspaceId, { t: 'partial', conversationId, utterance, role, text, startMs })
  }
  if (spoken.text?.trim() === '') return
  const item = itemOf(ctx, said, spoken)
  const { outcome } = await ctx.append(item)
  // Who spoke and was heard has spoken, also when somebody else has the floor by now; an agent's late words are refused.
  if (outcome === 'agent_answers' || outcome === 'taken') await ctx.append({ ...item, origin: 'history' })
}

interface Said {
  call: CallRow
  conversation: NonNullable<Awaited<ReturnType<typeof findConversation>>>
  legs: Awaited<ReturnType<typeof findLegs>>
}

async function readCall(tx: Parameters<typeof findCall>[0], ctx: Context, callId: string): Promise<Said | null> {
  const call = await findCall(tx, ctx.workspaceId, callId)
  const conversation = call && (await findConversation(tx, ctx.workspaceId, call.conversationId))
  return conversation ? { call, conversation, legs: await findLegs(tx, ctx.workspaceId, [call.id]) } : null
}

function itemOf(ctx: Context, said: Said, spoken: Spoken): AppendItem {
  const { utterance, role, startMs, endMs, source, language, confidence, text } = spoken
  return {
    workspaceId: ctx.workspaceId,
    conversationId: said.call.conversationId,
    kind: 'message',
    author: authorOf(said, role),
    text,
    data: {
      call: {
        callId: said.call.id,
        utterance,
        role,
        startMs,
        endMs,
        source,
        ...(language !== undefined && { language }),
        ...(confidence !== undefined && { confidence }),
      },
    },
    clientKey: `~call:${said.call.id}:${utterance}`,
    epoch: role === 'ai' ? said.conversation.epoch : null,
    origin: said.conversation.status === 'active' ? 'live' : 'history',
  }
}

function authorOf({ call, conversation, legs }: Said, role: Spoken['role']): AppendItem['author'] {
  if (role === 'caller') return { kind: 'contact', id: conversation.contactId, name: conversation.contactName }
  if (role === 'ai') return { kind: 'agent', id: conversation.agentId, name: conversation.agentName }
  const leg = legs.findLast((one) => one.role === role)
  if (role === 'external') return { kind: 'operator', id: null, name: leg?.label ?? call.transfer?.to ?? null }
  return { kind: 'operator', id: leg?.memberId ?? call.holderId, name: leg?.label ?? null }
}
