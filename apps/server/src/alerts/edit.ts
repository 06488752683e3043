/** Alerts as people keep them: added, changed, tried, hushed, removed. */
import type { Alert, AlertChange, AlertDraft, AlertState } from '@earshot/contracts'
import { Id } from '@earshot/contracts'
import { getMailing, notify, testMail } from '../notifications/index.ts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { record } from '../platform/events.ts'
import { writeAudit } from '../team/index.ts'
import { assertKnown } from './assert-known.ts'
import { assertWebhook, makeSecret, testCall } from './call-webhook.ts'
import { judge, sayOf } from './judge.ts'
import { read, thresholdsOf } from './look.ts'
import {
  type AlertRow,
  countAlerts,
  findAlerts,
  findChanges,
  insertAlert,
  lockAlert,
  putQuiet,
  putSecret,
  removeAlert,
  type ShownAlert,
  updateAlert,
} from './queries.ts'

const MOST = 50

export const listAlerts = (ctx: Context): Promise<{ items: Alert[] }> =>
  transact(ctx, async (tx) => ({ items: (await findAlerts(tx, ctx.workspaceId)).map(view) }))

export async function createAlert(ctx: Context, draft: AlertDraft): Promise<{ alert: Alert; secret: string | null }> {
  if (draft.webhookUrl !== null) await assertWebhook(ctx, draft.webhookUrl)
  return transact(ctx, async (tx) => {
    if ((await countAlerts(tx, ctx.workspaceId)) >= MOST) throw new AppError('alert.too_many')
    await assertKnown(tx, ctx, draft)
    const id = await insertAlert(tx, ctx.workspaceId, { ...draft, byName: ctx.actor.name })
    const secret = draft.webhookUrl === null ? null : await makeSecret(tx, ctx, id)
    return { alert: await told(tx, ctx, id, 'alert.created'), secret }
  })
}

/** Another address is another receiver: it gets a secret of its own. */
export async function changeAlert(
  ctx: Context,
  id: string,
  draft: AlertDraft,
): Promise<{ alert: Alert; secret: string | null }> {
  if (draft.webhookUrl !== null) await assertWebhook(ctx, draft.webhookUrl)
  return transact(ctx, async (tx) => {
    const before = await existing(tx, ctx, id)
    await assertKnown(tx, ctx, draft)
    await updateAlert(tx, ctx.workspaceId, id, { ...draft, byName: ctx.actor.name })
    const isNew = draft.webhookUrl !== null && draft.webhookUrl !== before.webhookUrl
    const secret = isNew ? await makeSecret(tx, ctx, id) : null
    if (draft.webhookUrl === null) await putSecret(tx, ctx.workspaceId, id, null)
    return { alert: await told(tx, ctx, id, 'alert.edited'), secret }
  })
}

export function deleteAlert(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    const { name } = await existing(tx, ctx, id)
    await removeAlert(tx, ctx.workspaceId, id)
    await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'alerts', id })
    await writeAudit(tx, ctx, 'alert.deleted', id, { name })
    return { ok: true as const }
  })
}

export function quietAlert(
  ctx: Context,
  id: string,
  wish: { muted: boolean; snoozeMinutes: number | null },
): Promise<Alert> {
  return transact(ctx, async (tx) => {
    await existing(tx, ctx, id)
    await putQuiet(tx, ctx.workspaceId, id, wish)
    return told(tx, ctx, id, wish.muted || wish.snoozeMinutes ? 'alert.hushed' : 'alert.unhushed')
  })
}

export function lookAtDraft(
  ctx: Context,
  draft: AlertDraft,
): Promise<{ value: number | null; seen: number; state: AlertState }> {
  return transact(ctx, async (tx) => {
    await assertKnown(tx, ctx, draft)
    const reading = await read(tx, ctx.workspaceId, draft)
    return { ...reading, state: judge(draft, reading) }
  })
}

/** Where the alert tells, to the one who asks: others are not startled by a test. */
export async function testAlert(ctx: Context, id: string) {
  const row = await transact(ctx, async (tx) => {
    const found = await existing(tx, ctx, id)
    if (found.tellApp && ctx.actor.id !== null)
      await notify(tx, ctx, {
        kind: 'alert',
        conversationId: null,
        alert: { id, name: found.name, says: `A test. ${saysOf(found)}` },
        memberIds: [ctx.actor.id],
        exceptId: null,
        fact: `alert test ${crypto.randomUUID()}`,
        mail: false,
      })
    return found
  })
  return {
    app: row.tellApp,
    mail: row.tellApp ? await mailTest(ctx) : ('not_wanted' as const),
    webhook: row.webhookUrl === null ? null : await testCall(ctx, row, `A test. ${saysOf(row)}`),
  }
}

async function mailTest(ctx: Context): Promise<'sent' | 'failed' | 'not_set'> {
  if ((await getMailing(ctx)).from === null) return 'not_set'
  return (await testMail(ctx)).sent ? 'sent' : 'failed'
}

const saysOf = (row: AlertRow): string => sayOf(thresholdsOf(row), row.state, { value: row.value, seen: row.seen })

export function listAlertChanges(
  ctx: Context,
  id: string,
  limit: number,
  cursor?: string,
): Promise<{ items: AlertChange[]; nextCursor: string | null }> {
  if (cursor !== undefined && !Id.safeParse(cursor).success)
    throw new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'one that a page gave' }] })
  return transact(ctx, async (tx) => {
    await existing(tx, ctx, id)
    const rows = await findChanges(tx, ctx.workspaceId, id, limit, cursor ?? null)
    return {
      items: rows.map((row) => ({
        id: row.id,
        from: row.fromState as AlertState,
        to: row.toState as AlertState,
        value: row.value,
        says: row.says,
        told: row.told,
        at: row.at.toISOString(),
      })),
      nextCursor: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
    }
  })
}

async function existing(tx: Tx, ctx: Context, id: string): Promise<AlertRow> {
  const row = await lockAlert(tx, ctx.workspaceId, id)
  if (!row) throw new AppError('alert.not_found')
  return row
}

async function told(tx: Tx, ctx: Context, id: string, what: string): Promise<Alert> {
  await record(tx, ctx.workspaceId, { type: 'resource.changed', resource: 'alerts', id })
  const [row] = await findAlerts(tx, ctx.workspaceId, id)
  await writeAudit(tx, ctx, what, id, { name: row!.name })
  return view(row!)
}

const view = (row: ShownAlert): Alert => ({
  id: row.id,
  ...thresholdsOf(row),
  state: row.state,
  value: row.value,
  seen: row.seen,
  since: row.since.toISOString(),
  lookedAt: row.lookedAt?.toISOString() ?? null,
  muted: row.muted,
  snoozedUntil: row.snoozedUntil?.toISOString() ?? null,
  webhook: {
    hasSecret: row.secretSealed !== null,
    problem: row.callProblem,
    lastSentAt: row.lastSentAt?.toISOString() ?? null,
  },
})
