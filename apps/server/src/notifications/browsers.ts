/** Browsers that a person is told in while they are closed. */
import { createECDH } from 'node:crypto'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { assertCallable, OutboundRefused } from '../platform/outbound-http.ts'
import { memberOf } from './choices.ts'
import { type Delivered, deliver } from './deliver.ts'
import { findBrowsers, putBrowser, removeBrowserRow } from './queries-push.ts'

export interface Subscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

export async function addBrowser(ctx: Context, { endpoint, keys }: Subscription): Promise<{ ok: true }> {
  const memberId = memberOf(ctx)
  assertPoint(keys.p256dh)
  try {
    await assertCallable(endpoint, ctx.push.outbound)
  } catch (error) {
    if (error instanceof OutboundRefused || isUnknownHost(error)) throw new AppError('notification.push_refused')
    throw error
  }
  await transact(ctx, (tx) => putBrowser(tx, { workspaceId: ctx.workspaceId, memberId, endpoint, ...keys }))
  return { ok: true }
}

export async function removeBrowser(ctx: Context, endpoint: string): Promise<{ ok: true }> {
  const memberId = memberOf(ctx)
  await transact(ctx, (tx) => removeBrowserRow(tx, ctx.workspaceId, { memberId, endpoint }))
  return { ok: true }
}

/** The answer is waited for: a person wants to know now whether it works. */
export async function testPush(ctx: Context): Promise<{ sent: number; failed: string[] }> {
  const me = memberOf(ctx)
  const browsers = await transact(ctx, (tx) => findBrowsers(tx, ctx.workspaceId, [me]))
  const message = { title: 'Earshot', body: 'Push works in this browser.', url: '/settings/notifications', tag: 'test' }
  const results = await Promise.all(
    browsers.map(async (browser): Promise<Delivered> => {
      const result = await deliver(ctx, browser, message)
      if (result.gone) await transact(ctx, (tx) => removeBrowserRow(tx, ctx.workspaceId, { id: browser.id }))
      return result
    }),
  )
  const failed = results.flatMap(({ problem }) => problem ?? [])
  return { sent: results.length - failed.length, failed }
}

/** A key that is no point of the curve would fail at every push; it is refused at once. */
function assertPoint(p256dh: string): void {
  const ecdh = createECDH('prime256v1')
  ecdh.generateKeys()
  try {
    ecdh.computeSecret(Buffer.from(p256dh, 'base64url'))
  } catch {
    throw new AppError('request.invalid', { issues: [{ path: ['keys', 'p256dh'], message: 'a key of a browser' }] })
  }
}

const isUnknownHost = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && /^E(NOTFOUND|AI_AGAIN)/.test(String(error.code))
