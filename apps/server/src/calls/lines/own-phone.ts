/** A member's own telephone: where their calls ring when they do not answer in the browser. */
import type { OwnPhone } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { AppError } from '../../platform/errors.ts'
import { writeAudit } from '../../team/index.ts'
import { assertCountry } from './check-transfer.ts'
import { requireNumber } from './phone-number.ts'
import { findPhone, putPhone } from './queries-rules.ts'

export const getOwnPhone = (ctx: Context): Promise<OwnPhone> =>
  transact(ctx, async (tx) => ({ number: await phoneOf(tx, ctx, memberOf(ctx)) }))

export function setOwnPhone(ctx: Context, { number }: OwnPhone): Promise<OwnPhone> {
  const read = number === null ? null : requireNumber(number)
  return transact(ctx, async (tx) => {
    if (read) await assertCountry(tx, ctx, read)
    await putPhone(tx, ctx.workspaceId, memberOf(ctx), read?.number ?? null)
    await writeAudit(tx, ctx, read ? 'member_phone.set' : 'member_phone.removed', ctx.actor.id)
    return { number: read?.number ?? null }
  })
}

/** Null: the member has named none, or is one no more. */
export const phoneOf = (tx: Tx, { workspaceId }: Pick<Context, 'workspaceId'>, memberId: string) =>
  findPhone(tx, workspaceId, memberId)

function memberOf({ actor }: Context): string {
  if (actor.kind !== 'operator' || actor.id === null) throw new AppError('auth.forbidden')
  return actor.id
}
