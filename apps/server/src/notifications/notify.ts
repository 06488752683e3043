/** Notify: tells people of a fact, each as they like it, once, and nobody of what they did themselves. */
import type { NotificationKind } from '@earshot/contracts'
import { readNow } from '../hours/index.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { record } from '../platform/events.ts'
import { AS_DELIVERED, isQuiet } from './choices.ts'
import { queueMails } from './mail.ts'
import { findPeople, findToldAlready, insertNotifications, type Teller } from './queries.ts'
import { findBrowsers, insertPushes } from './queries-push.ts'
import type { Told } from './told.ts'

const ONCE_UNTIL_READ: readonly NotificationKind[] = ['reply', 'handoff', 'offer', 'sla']

export async function notify(tx: Tx, ctx: Context, told: Told): Promise<void> {
  const { workspaceId } = ctx
  const people = await findPeople(tx, workspaceId)
  const meant = people.filter(
    ({ id, role }) => id !== told.exceptId && (told.memberIds ? told.memberIds.includes(id) : role !== 'viewer'),
  )
  const wanted = wantedBy(meant, told.kind)
  const already =
    told.conversationId && ONCE_UNTIL_READ.includes(told.kind)
      ? await findToldAlready(tx, workspaceId, told.conversationId, told.kind)
      : []
  const now = wanted.filter(({ id }) => !already.includes(id))
  const { kind, conversationId, position = null, fact, alert } = told
  const byName = alert?.name ?? told.byName ?? null
  const reason = alert?.says ?? told.reason ?? null
  const rows = now.map(({ id: memberId }) => ({
    workspaceId,
    memberId,
    kind,
    conversationId,
    alertId: alert?.id ?? null,
    position,
    byName,
    reason,
    fact,
  }))
  const made = await insertNotifications(tx, rows)
  for (const { memberId } of made)
    await record(tx, workspaceId, { type: 'resource.changed', resource: 'notifications', id: memberId })
  await queuePushes(tx, ctx, made, now, kind)
  if (told.mail !== false) await queueMails(tx, ctx, made, now, told)
}

/** A handoff is told to somebody: when nobody wants to hear of it, everybody does. */
function wantedBy(people: Teller[], kind: NotificationKind): Teller[] {
  const wanting = people.filter(({ choices }) => {
    const { screen, sound, push, mail } = (choices ?? AS_DELIVERED).kinds[kind]
    return screen || sound || push || mail
  })
  return wanting.length === 0 && kind === 'handoff' ? people : wanting
}

async function queuePushes(
  tx: Tx,
  ctx: Context,
  made: { id: string; memberId: string }[],
  people: Teller[],
  kind: NotificationKind,
): Promise<void> {
  if (made.length === 0) return
  const now = await readNow(tx)
  const pushed = people.filter(({ choices }) => {
    const chosen = choices ?? AS_DELIVERED
    return chosen.kinds[kind].push && !isQuiet(chosen, kind, now)
  })
  const browsers = await findBrowsers(
    tx,
    ctx.workspaceId,
    pushed.map(({ id }) => id),
  )
  const pushes = made.flatMap(({ id: notificationId, memberId }) =>
    browsers
      .filter((browser) => browser.memberId === memberId)
      .map(({ id: browserId }) => ({ workspaceId: ctx.workspaceId, browserId, notificationId })),
  )
  await insertPushes(tx, pushes)
}
