/** Operators of the demo on duty: they answer a simulated visitor who has waited a while, unless somebody real was faster. */
import type { Conversation, Typing } from '@earshot/contracts'
import { closeConversation, getConversation, sayAsOperator, takeOver } from '../../conversations/index.ts'
import type { Bus } from '../../platform/bus.ts'
import { type Context, transact } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { readItems } from '../../queue/index.ts'
import { fillGaps } from '../gaps.ts'
import { type Pace, readingMs, typingMs } from './pace.ts'

export interface DutyParts {
  ctx: Context
  bus: Bus
  pace: Pace
  /** Members who are on duty: id and name. */
  operators: readonly { id: string; name: string }[]
}

/** Long enough for whoever watches the demo to take it first. */
const FIRST_FOR_OTHERS_MS = 45_000
const LOOK_EVERY_MS = 1500
const CONTACT_PATIENCE_MS = 60_000

/** True when an operator of the demo answered and closed it; false when somebody else has it, or nobody waits any more. */
export async function serveWaiting(
  conversationId: string,
  contact: string,
  lines: string[],
  parts: DutyParts,
): Promise<boolean> {
  const { pace } = parts
  await pace.wait(FIRST_FOR_OTHERS_MS * (1 + pace.chance.next()))
  const operator = await chooseOperator(conversationId, parts)
  const ctx: Context = { ...parts.ctx, actor: { kind: 'operator', ...operator, role: 'operator', scopes: ['*'] } }
  try {
    if ((await getConversation(ctx, conversationId)).control !== 'queue') return false
    await takeOver(ctx, conversationId, { announce: true, force: false })
    const gaps = new Map([['name', contact.split(' ')[0]!]])
    for (const line of lines) await answer(ctx, conversationId, fillGaps(line, gaps, pace.chance), parts)
    await pace.wait(8000)
    if ((await getConversation(ctx, conversationId)).assignee?.id !== operator.id) return false
    await closeConversation(ctx, conversationId)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code !== 'internal') return false // somebody took, closed or deleted it
    throw error
  }
}

/** Who it is offered to, else anybody. */
async function chooseOperator(
  id: string,
  { ctx, pace, operators }: DutyParts,
): Promise<DutyParts['operators'][number]> {
  const [item] = await transact(ctx, (tx) => readItems(tx, ctx, [id]))
  return operators.find((operator) => operator.id === item?.offer?.member.id) ?? pace.chance.pick(operators)
}

async function answer(ctx: Context, id: string, text: string, { bus, pace }: DutyParts): Promise<void> {
  const type = (active: boolean) => {
    const body: Typing = {
      conversationId: id,
      who: { kind: 'operator', id: ctx.actor.id, name: ctx.actor.name },
      active,
    }
    bus.publish({ topic: 'typing', workspaceId: ctx.workspaceId, body })
  }
  await pace.wait(readingMs('') + 2000)
  type(true)
  await pace.wait(typingMs(text) * 0.7)
  type(false)
  await sayAsOperator(ctx, id, { text })
  await waitForContact(ctx, id, pace)
}

/** The contact's turn, for a while; who says nothing more is not waited for. */
async function waitForContact(ctx: Context, id: string, pace: Pace): Promise<Conversation> {
  for (const end = Date.now() + CONTACT_PATIENCE_MS; ; ) {
    await pace.wait(LOOK_EVERY_MS)
    const current = await getConversation(ctx, id)
    if (current.preview?.author === 'contact' || Date.now() >= end) return current
  }
}
