/** Macros: several actions by one command, kept by a person for themselves or for all. */
import type { createMacro as creation, changeMacro as endpoint, Macro, MacroStep } from '@earshot/contracts'
import type { z } from 'zod'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { assertMayChange, memberOf } from './access.ts'
import {
  countKept,
  findMacros,
  insertMacro,
  lockMacro,
  type MacroContent,
  type MacroRow,
  removeMacro,
  updateMacro,
} from './queries.ts'
import { onTaken, withoutUndefined } from './taken.ts'

const MOST = 100

export async function listMacros(ctx: Context): Promise<{ items: Macro[]; nextCursor: null }> {
  const rows = await transact(ctx, (tx) => findMacros(tx, ctx.workspaceId, memberOf(ctx)))
  return { items: rows.map(showMacro), nextCursor: null }
}

export function createMacro(ctx: Context, given: z.output<typeof creation.body>): Promise<Macro> {
  const owner = memberOf(ctx)
  return onTaken('macro.digit_taken', () =>
    transact(ctx, async (tx) => {
      if ((await countKept(tx, ctx.workspaceId, owner, 'macro')) >= MOST) throw new AppError('macro.too_many')
      const id = await insertMacro(tx, ctx.workspaceId, owner, { ...given, steps: JSON.stringify(given.steps) })
      await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'macros', id })
      return showMacro((await lockMacro(tx, ctx.workspaceId, id))!)
    }),
  )
}

export function changeMacro(ctx: Context, id: string, change: z.output<typeof endpoint.body>): Promise<Macro> {
  return onTaken('macro.digit_taken', () =>
    transact(ctx, async (tx) => {
      assertMayChange(ctx, await lockMacro(tx, ctx.workspaceId, id), 'macro.not_found')
      const { steps, ...rest } = change
      const content: Partial<MacroContent> = withoutUndefined({ ...rest, steps: steps && JSON.stringify(steps) })
      await updateMacro(tx, ctx.workspaceId, id, content)
      await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'macros', id })
      return showMacro((await lockMacro(tx, ctx.workspaceId, id))!)
    }),
  )
}

export function deleteMacro(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    assertMayChange(ctx, await lockMacro(tx, ctx.workspaceId, id), 'macro.not_found')
    await removeMacro(tx, ctx.workspaceId, id)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'macros', id })
    return { ok: true as const }
  })
}

const showMacro = ({ id, name, digit, steps, shared, ownerId, ownerName }: MacroRow): Macro => ({
  id,
  name,
  digit,
  steps: steps as MacroStep[],
  shared,
  owner: { id: ownerId, name: ownerName },
})
