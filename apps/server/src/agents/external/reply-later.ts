/** Reply later: the answer to a question that is out, told by its token; once, and only while the agent still has the floor. */
import { timingSafeEqual } from 'node:crypto'
import type { ExternalAnswer } from '@earshot/contracts'
import { appendInside, lockConversation } from '../../conversations/index.ts'
import { asSystem, type Context, type Services, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { chooseLanguage } from '../contact-language.ts'
import { handOff } from '../give-up.ts'
import { countSpend } from '../over-budget.ts'
import { say } from '../own-words.ts'
import { type AgentRow, findAgent } from '../queries.ts'
import { findLastEntries } from '../queries-turns.ts'
import { turnKey } from '../read-turn.ts'
import { handoffOf, textOf, usageOf } from './answer-parts.ts'
import { readToken } from './calls.ts'
import { type CallRow, findCall, lockCall, setCallState } from './queries-external.ts'
import { remember } from './remember.ts'

interface Named {
  workspaceId: string
  id: string
  hash: Buffer
}

export async function replyLater(services: Services, token: string, answer: ExternalAnswer): Promise<{ ok: true }> {
  const named = readToken(token)
  if (!named) throw new AppError('agent_reply.not_found')
  if (textOf(answer) === '' && !answer.handoff)
    throw new AppError('request.invalid', { issues: [{ path: ['messages'], message: 'say something, or hand off' }] })
  const system = asSystem(services, named.workspaceId)
  const { call, agent, announcement } = await transact(system, (tx) => take(system, tx, named, answer))
  const ctx: Context = {
    ...system,
    actor: { kind: 'agent', id: agent.id, name: agent.name, role: 'operator', scopes: [] },
  }
  await countSpend(ctx, agent.id, usageOf(answer))
  if (answer.handoff) await handOff(ctx, call.conversationId, call.epoch, handoffOf(announcement))
  return { ok: true }
}

/** The words are stored and the call closed in one transaction; whatever comes second meets a closed call or another epoch. */
async function take(ctx: Context, tx: Tx, named: Named, answer: ExternalAnswer) {
  const found = await findCall(tx, named.workspaceId, named.id)
  if (!found || !timingSafeEqual(found.tokenHash, named.hash)) throw new AppError('agent_reply.not_found')
  const current = await lockConversation(tx, named.workspaceId, found.conversationId)
  const call = await lockOpenCall(tx, named)
  const agent = await findAgent(tx, named.workspaceId, call.agentId)
  const hasFloor = current?.epoch === call.epoch && current.control === 'agent' && current.status === 'active'
  if (!hasFloor || current.blocked || !agent || agent.archivedAt) throw new AppError('control.stale')
  const entries = await findLastEntries(tx, ctx.workspaceId, call.conversationId, 20)
  const said = entries.filter((entry) => entry.kind === 'message' && entry.authorKind === 'contact')
  const language = chooseLanguage(said.map((entry) => entry.text ?? '').reverse(), agent.config.profile.languages)
  const announcement = say(language, 'handoffAsked')
  await store(ctx, tx, call, agent, answer, announcement)
  await remember(tx, ctx.workspaceId, current, answer.memory)
  await setCallState(tx, named.workspaceId, call.id, 'answered')
  return { call, agent, announcement }
}

async function lockOpenCall(tx: Tx, { workspaceId, id }: Named): Promise<CallRow> {
  const call = await lockCall(tx, workspaceId, id)
  if (!call) throw new AppError('agent_reply.not_found')
  if (call.state === 'answered') throw new AppError('agent_reply.used')
  if (call.state === 'over' || call.expired) throw new AppError('agent_reply.over')
  return call
}

async function store(
  ctx: Context,
  tx: Tx,
  call: CallRow,
  agent: AgentRow,
  answer: ExternalAnswer,
  announcement: string,
): Promise<void> {
  const { workspaceId } = ctx
  const own = {
    workspaceId,
    conversationId: call.conversationId,
    author: { kind: 'agent', id: agent.id, name: agent.name } as const,
    epoch: call.epoch,
  }
  for (const [i, functionCall] of answer.tools.entries())
    await appendInside(tx, {
      ...own,
      kind: 'function_call',
      text: null,
      data: { functionCall },
      clientKey: `${turnKey(call.throughPosition)}:later:call:${i}`,
    })
  const text = textOf(answer)
  if (text === '') return
  const { outcome } = await appendInside(tx, {
    ...own,
    kind: 'message',
    text,
    data: { turnId: call.turnId, ...(answer.handoff && { handoff: handoffOf(announcement) }) },
    clientKey: turnKey(call.throughPosition),
    usage: usageOf(answer),
  })
  if (outcome === 'stale' || outcome === 'blocked' || outcome === 'not_found') throw new AppError('control.stale')
  if (outcome !== 'appended') throw new AppError('agent_reply.used')
}
