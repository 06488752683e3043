/** The roster of the demo: its operators are here though they have no browser, and say no to what nobody plays for them. */
import type { Operator } from '@earshot/contracts'
import { asSystem, type Context } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { beatOperators, declineOffer, listMine, listOperators, setPresence } from '../../queue/index.ts'
import type { Pace } from './pace.ts'

export interface RosterParts {
  ctx: Context
  pace: Pace
  operators: readonly { id: string; name: string }[]
}

const LOOK_EVERY_MS = 10_000
/** Long enough to be seen as offered, shorter than an offer stands. */
const THINKS_MS = 30_000
const PAUSE_MS = 120_000

/** Until the pace is stopped. The supervisor is busy with other things, as they are. */
export async function keepRoster({ ctx, pace, operators }: RosterParts): Promise<void> {
  for (const [i, { id, name }] of operators.entries())
    await setPresence(as(ctx, id, name), { state: i === 0 ? 'busy' : 'available', keepWork: true })
  for (;;) {
    await pace.wait(LOOK_EVERY_MS)
    await beatOperators(
      ctx,
      operators.map(({ id }) => ({ workspaceId: ctx.workspaceId, memberId: id })),
    )
    const { items } = await listOperators(ctx)
    for (const operator of items) if (operators.some(({ id }) => id === operator.member.id)) await look(ctx, operator)
  }
}

async function look(ctx: Context, { member, state, since, offered }: Operator): Promise<void> {
  const theirs = as(ctx, member.id, member.name)
  if (state === 'not_responding' && since && Date.now() - Date.parse(since) > PAUSE_MS)
    await setPresence(theirs, { state: 'available', keepWork: true })
  if (offered.length === 0) return
  for (const { conversationId, offer } of (await listMine(theirs)).items)
    if (offer && Date.now() - Date.parse(offer.at) > THINKS_MS)
      await declineOffer(theirs, conversationId, {}).catch((error) => {
        if (!(error instanceof AppError)) throw error // somebody took or closed it meanwhile
      })
}

const as = (ctx: Context, id: string, name: string): Context => ({
  ...asSystem(ctx, ctx.workspaceId),
  actor: { kind: 'operator', id, name, role: 'operator', scopes: ['*'] },
})
