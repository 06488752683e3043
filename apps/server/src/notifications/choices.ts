/** How a person likes to be told: what they chose, or what Earshot comes with. */
import type { NotificationChoices, NotificationKind } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { findChoices, putChoices } from './queries.ts'

const ALL = { screen: true, sound: true, push: true, mail: false }
export const AS_DELIVERED: NotificationChoices = {
  kinds: {
    handoff: ALL,
    offer: ALL,
    assigned: ALL,
    mention: ALL,
    reply: { ...ALL, push: false },
    sla: ALL,
    alert: { screen: true, sound: false, push: true, mail: true },
  },
  quiet: { on: false, from: '22:00', to: '07:00', timeZone: 'UTC', pastTargetComesThrough: true },
}

/** The person who asks; nobody is told in a machine's place. */
export function memberOf(ctx: Context): string {
  if (ctx.actor.kind !== 'operator' || ctx.actor.id === null) throw new AppError('auth.forbidden')
  return ctx.actor.id
}

export const getChoices = (ctx: Context): Promise<NotificationChoices> =>
  transact(ctx, async (tx) => (await findChoices(tx, ctx.workspaceId, memberOf(ctx))) ?? AS_DELIVERED)

export function setChoices(ctx: Context, choices: NotificationChoices): Promise<NotificationChoices> {
  const me = memberOf(ctx)
  return transact(ctx, async (tx) => {
    await putChoices(tx, ctx.workspaceId, me, choices)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'notifications', id: me })
    return choices
  })
}

/** Whether this would be a push in quiet hours that nobody wants. */
export function isQuiet({ quiet }: NotificationChoices, kind: NotificationKind, now: Date): boolean {
  if (!quiet.on || (kind === 'sla' && quiet.pastTargetComesThrough)) return false
  const format = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: quiet.timeZone } as const
  const time = new Intl.DateTimeFormat('en-GB', format).format(now)
  return quiet.from <= quiet.to ? time >= quiet.from && time < quiet.to : time >= quiet.from || time < quiet.to
}
