/** The webhooks of alerts: a row in the transaction that changed the alert, sent after it through the guarded door, signed, tried again. */
import type { AlertState } from '@earshot/contracts'
import { asSystem, type Context, type Services, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { assertCallable, OutboundRefused } from '../platform/outbound-http.ts'
import { newSecret, signedHeaders } from '../platform/webhook-signature.ts'
import { type AlertRow, lockAlert, putSecret } from './queries.ts'
import { type ClaimedCall, claimCalls, findCall, insertCall, noteCall } from './queries-calls.ts'

const AT_ONCE = 10
const LEASE_S = 60
const TRIES = 7

export interface Told {
  id: string
  type: 'alert.changed' | 'alert.test'
  state: AlertState
  from: AlertState
  says: string
  value: number | null
  seen: number
}

export const purposeOf = (workspaceId: string, alertId: string) => `workspace ${workspaceId} alert ${alertId} webhook`

/** Refuses at once what the door would refuse later. */
export async function assertWebhook(ctx: Context, url: string): Promise<void> {
  try {
    await assertCallable(url, ctx.agents.outbound)
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
    if (error instanceof OutboundRefused || /^E(NOTFOUND|AI_AGAIN)/.test(code))
      throw new AppError('alert.webhook_refused')
    throw error
  }
}

/** The secret its calls are signed with, shown once. */
export async function makeSecret(tx: Tx, ctx: Context, id: string): Promise<string> {
  const secret = newSecret()
  await putSecret(tx, ctx.workspaceId, id, ctx.agents.sealer.seal(secret, purposeOf(ctx.workspaceId, id)))
  return secret
}

export async function queueCall(tx: Tx, ctx: Context, row: AlertRow, told: Told): Promise<void> {
  if (row.webhookUrl === null) return
  await insertCall(tx, {
    workspaceId: ctx.workspaceId,
    alertId: row.id,
    url: row.webhookUrl,
    body: bodyOf(ctx, row, told),
  })
}

/** As Standard Webhooks has it: a type, when, and what. */
function bodyOf(ctx: Context, row: AlertRow, { id, type, state, from, says, value, seen }: Told): string {
  const { name, watch, compare, warnAt, alertAt, windowMinutes } = row
  const link = new URL('/settings/alerts', ctx.team.baseUrl).href
  const alert = { id: row.id, name, watch, compare, warnAt, alertAt, windowMinutes }
  return JSON.stringify({
    type,
    timestamp: new Date().toISOString(),
    data: { changeId: id, alert, from, state, value, seen, says, link },
  })
}

/** The sweep. */
export async function callAlertWebhooks(services: Services): Promise<number> {
  const claimed = await claimCalls(services.db, AT_ONCE, LEASE_S)
  await Promise.all(claimed.map((call) => send(services, call)))
  return claimed.length
}

async function send(services: Services, claimed: ClaimedCall): Promise<void> {
  const ctx = asSystem(services, claimed.workspaceId)
  const found = await transact(ctx, async (tx) => {
    const call = await findCall(tx, claimed)
    const alert = call && (await lockAlert(tx, claimed.workspaceId, call.alertId))
    return call && alert ? { call, alert } : undefined
  })
  if (!found) return
  const { call, alert } = found
  const { problem } = await post(ctx, alert, { id: claimed.id, url: call.url, body: call.body })
  // 10 s, 40 s, 160 s … hours: a receiver that is down for a night hears of it in the morning.
  const again = problem === null || call.attempts >= TRIES ? null : 10 * 4 ** (call.attempts - 1)
  await transact(ctx, (tx) => noteCall(tx, claimed, problem, again))
}

export async function post(
  ctx: Context,
  alert: AlertRow,
  { id, url, body }: { id: string; url: string; body: string },
): Promise<{ status: number | null; problem: string | null }> {
  const secret = alert.secretSealed && ctx.agents.sealer.open(alert.secretSealed, purposeOf(ctx.workspaceId, alert.id))
  if (!secret) return { status: null, problem: 'Its secret cannot be opened; save the webhook again.' }
  try {
    const answer = await ctx.agents.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signedHeaders([secret], id, body) },
      body,
      signal: AbortSignal.timeout(15_000),
    })
    await answer.body?.cancel()
    return { status: answer.status, problem: answer.ok ? null : `It answered ${answer.status}.` }
  } catch (error) {
    return { status: null, problem: error instanceof OutboundRefused ? error.message : 'It could not be reached.' }
  }
}

/** What somebody who tests waits for. */
export const testCall = (ctx: Context, alert: AlertRow, says: string): ReturnType<typeof post> => {
  const told: Told = {
    id: alert.id,
    type: 'alert.test',
    state: alert.state,
    from: alert.state,
    says,
    value: alert.value,
    seen: alert.seen,
  }
  return post(ctx, alert, { id: crypto.randomUUID(), url: alert.webhookUrl ?? '', body: bodyOf(ctx, alert, told) })
}
