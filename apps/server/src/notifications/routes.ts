/** HTTP edge of notifications. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { addBrowser, removeBrowser, testPush } from './browsers.ts'
import { getChoices, setChoices } from './choices.ts'
import { listNotifications, readNotifications } from './list.ts'
import { getMailing, testMail } from './mailing.ts'

export function notificationRoutes(bind: Bind): void {
  bind(api.listNotifications, (ctx, { query }) => listNotifications(ctx, query))
  bind(api.readNotifications, (ctx, { body }) => readNotifications(ctx, body))
  bind(api.getNotificationChoices, (ctx) => getChoices(ctx))
  bind(api.setNotificationChoices, (ctx, { body }) => setChoices(ctx, body))
  bind(api.getPushKey, async (ctx) => ({ publicKey: ctx.push.keys.publicKey }))
  bind(api.addPushBrowser, (ctx, { body }) => addBrowser(ctx, body))
  bind(api.removePushBrowser, (ctx, { body }) => removeBrowser(ctx, body.endpoint))
  bind(api.testPush, (ctx) => testPush(ctx))
  bind(api.getMailing, (ctx) => getMailing(ctx))
  bind(api.testMail, (ctx) => testMail(ctx))
}
