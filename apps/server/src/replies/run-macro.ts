/** Run a macro: everything it says and changes, in one transaction: all of it, or nothing. */
import { fillVariables, type MacroRun, type MacroStep } from '@earshot/contracts'
import {
  accessConversation,
  accessLocked,
  actInside,
  appendInside,
  type ConversationRow,
  refuse,
  viewConversation,
} from '../conversations/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { memberOf } from './access.ts'
import { findMacro, findRunByKey, insertRun, type RunRow } from './queries.ts'
import { readValues } from './read-values.ts'

/** A repeat with the same key is answered with the first run, and does nothing. */
export function runMacro(
  ctx: Context,
  id: string,
  { macroId, clientKey }: { macroId: string; clientKey: string },
): Promise<MacroRun> {
  const memberId = memberOf(ctx)
  return transact(ctx, async (tx) => {
    const current = await accessLocked(tx, ctx, id)
    const before = await findRunByKey(tx, ctx.workspaceId, id, clientKey)
    if (before) return show(tx, ctx, before)
    const macro = await findMacro(tx, ctx.workspaceId, macroId)
    if (!macro || (!macro.shared && macro.ownerId !== memberId)) throw new AppError('macro.not_found')
    const steps = macro.steps as MacroStep[]
    const position = await say(tx, ctx, current, steps, clientKey)
    const changeIds: string[] = []
    for (const step of steps) {
      const changeId = await change(tx, ctx, id, step, memberId)
      if (changeId) changeIds.push(changeId)
    }
    const { workspaceId } = ctx
    const run = { workspaceId, conversationId: id, clientKey, macroName: macro.name, memberId, position, changeIds }
    return show(tx, ctx, await insertRun(tx, run))
  })
}

/** What is said comes before what is changed: an answer to a conversation that is being closed is part of it. */
async function say(
  tx: Tx,
  ctx: Context,
  current: ConversationRow,
  steps: MacroStep[],
  clientKey: string,
): Promise<number | null> {
  let position: number | null = null
  for (const [i, step] of steps.entries()) {
    if (step.type !== 'reply' && step.type !== 'note') continue
    const { text, missing } = fillVariables(step.text, await readValues(tx, current, ctx.actor.name))
    if (missing.length > 0) throw new AppError('reply.unfilled', { variables: missing })
    const appended = await appendInside(tx, {
      workspaceId: ctx.workspaceId,
      conversationId: current.id,
      kind: step.type === 'reply' ? 'message' : 'note',
      author: { kind: 'operator', id: ctx.actor.id, name: ctx.actor.name },
      text,
      clientKey: `macro:${clientKey}:${i}`,
      origin: 'live',
    })
    if (appended.outcome !== 'appended' && appended.outcome !== 'reopened') await refuse(ctx, current.id, appended)
    if (step.type === 'reply') position = appended.position
  }
  return position
}

async function change(
  tx: Tx,
  ctx: Context,
  id: string,
  step: MacroStep,
  memberId: string,
): Promise<string | null | undefined> {
  if (step.type !== 'act' && step.type !== 'assign_me') return undefined
  const current = await accessConversation(tx, ctx, id)
  // Who has the floor is responsible already.
  if (step.type === 'assign_me' && current.assigneeId === memberId) return undefined
  const action = step.type === 'act' ? step.action : ({ type: 'assign', assigneeId: memberId } as const)
  return (await actInside(tx, ctx, current, action))?.changeId
}

async function show(tx: Tx, ctx: Context, run: RunRow): Promise<MacroRun> {
  return {
    id: run.id,
    conversation: viewConversation(await accessConversation(tx, ctx, run.conversationId)),
    said: run.position !== null,
    changes: run.changeIds.length,
  }
}
