/** Notifications: what a person should know now, and how each likes to be told. */
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Done, Id, PageQuery, UtcTime, yesNo } from './text.ts'
import { TimeZone } from './time-zone.ts'

/** Notifications are a person's own; no API key reads any. */
const own = { role: 'viewer', scope: null } as const

export const NotificationKind = z.enum(['handoff', 'offer', 'assigned', 'mention', 'reply', 'sla', 'alert']).meta({
  id: 'NotificationKind',
  description:
    'A contact needs a human; offered to me; given to me by a colleague; mentioned in a note; a contact of mine answers; waiting past the target; a metric or a flag passed a threshold.',
})
export type NotificationKind = z.infer<typeof NotificationKind>

export const Notification = z
  .object({
    id: Id,
    kind: NotificationKind,
    conversation: z
      .object({ id: Id, number: z.int().positive(), contact: z.string().nullable() })
      .nullable()
      .meta({ description: 'Null for an alert.' }),
    alert: z
      .object({ id: Id, name: z.string(), says: z.string() })
      .nullable()
      .meta({ description: 'The alert that changed, and what it says.' }),
    position: z.int().positive().nullable().meta({ description: 'The entry it is about.' }),
    by: z.string().nullable().meta({ description: 'Who mentioned, assigned, or asked.' }),
    reason: z.string().nullable(),
    excerpt: z.string().nullable().meta({ description: 'The words of the entry, shortened.' }),
    at: UtcTime,
    readAt: UtcTime.nullable(),
  })
  .meta({ id: 'Notification' })
export type Notification = z.infer<typeof Notification>

export const listNotifications = endpoint({
  id: 'notifications.list',
  method: 'GET',
  path: '/api/v1/notifications',
  summary: 'List the caller’s notifications, newest first, with the number of unread ones',
  access: own,
  query: z.strictObject({ ...PageQuery, unread: yesNo }),
  reply: z.object({ items: z.array(Notification), nextCursor: z.string().nullable(), unread: z.int().nonnegative() }),
})

export const readNotifications = endpoint({
  id: 'notifications.read',
  method: 'POST',
  path: '/api/v1/notifications/read',
  summary: 'Mark as read: some, those of one conversation, or all',
  access: own,
  body: z.union([
    z.strictObject({ ids: z.array(Id).min(1).max(200) }),
    z.strictObject({ conversationId: Id }),
    z.strictObject({ all: z.literal(true) }),
  ]),
  reply: z.object({ unread: z.int().nonnegative() }),
  repeatsSafely: true,
})

const Ways = z.strictObject({
  screen: z.boolean(),
  sound: z.boolean(),
  push: z.boolean(),
  mail: z.boolean().default(false).meta({ description: 'After a minute, when it was not read by then.' }),
})
const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 22:00')
  .meta({ examples: ['22:00'] })

export const NotificationChoices = z
  .strictObject({
    kinds: z.strictObject({
      handoff: Ways,
      offer: Ways,
      assigned: Ways,
      mention: Ways,
      reply: Ways,
      sla: Ways,
      alert: Ways.default({ screen: true, sound: false, push: true, mail: true }),
    }),
    quiet: z
      .strictObject({
        on: z.boolean(),
        from: clock,
        to: clock,
        timeZone: TimeZone,
        pastTargetComesThrough: z.boolean(),
      })
      .meta({ description: 'No sound and no push in these hours; the list goes on.' }),
  })
  .meta({ id: 'NotificationChoices' })
export type NotificationChoices = z.infer<typeof NotificationChoices>

export const getNotificationChoices = endpoint({
  id: 'notifications.getChoices',
  method: 'GET',
  path: '/api/v1/notifications/choices',
  summary: 'Read how the caller likes to be told',
  access: own,
  reply: NotificationChoices,
})
export const setNotificationChoices = endpoint({
  id: 'notifications.setChoices',
  method: 'PUT',
  path: '/api/v1/notifications/choices',
  summary: 'Set how the caller likes to be told',
  access: own,
  body: NotificationChoices,
  reply: NotificationChoices,
})

export const getPushKey = endpoint({
  id: 'notifications.getPushKey',
  method: 'GET',
  path: '/api/v1/notifications/push',
  summary: 'The public key (VAPID) that a browser subscribes with',
  access: own,
  reply: z.object({ publicKey: z.string() }),
})
const address = z.url({ protocol: /^https?$/ }).max(1000)
const key = (bytes: number) =>
  z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9_-]+=*$/, 'base64url')
    .refine((text) => Math.floor((text.replace(/=+$/, '').length * 3) / 4) === bytes, `${bytes} bytes in base64url`)
export const addPushBrowser = endpoint({
  id: 'notifications.addBrowser',
  method: 'POST',
  path: '/api/v1/notifications/push',
  summary: 'Be told in this browser also while it is closed: what PushManager.subscribe gave',
  access: own,
  body: z.strictObject({
    endpoint: address.meta({ examples: ['https://push.example.com/abc'] }),
    keys: z.strictObject({
      p256dh: key(65).meta({ examples: [`B${'A'.repeat(86)}`] }),
      auth: key(16).meta({ examples: ['A'.repeat(22)] }),
    }),
  }),
  reply: Done,
  errors: ['notification.push_refused'],
  repeatsSafely: true,
})
export const removePushBrowser = endpoint({
  id: 'notifications.removeBrowser',
  method: 'POST',
  path: '/api/v1/notifications/push/remove',
  summary: 'Be told no longer in a browser that is closed',
  access: own,
  body: z.strictObject({ endpoint: address.meta({ examples: ['https://push.example.com/abc'] }) }),
  reply: Done,
  repeatsSafely: true,
})
export const testPush = endpoint({
  id: 'notifications.testPush',
  method: 'POST',
  path: '/api/v1/notifications/push/test',
  summary: 'Send a test to the caller’s browsers, and say what their push services answered',
  access: own,
  reply: z.object({ sent: z.int().nonnegative(), failed: z.array(z.string()) }),
  repeatsSafely: true,
})

export const Mailing = z
  .object({
    from: z
      .string()
      .nullable()
      .meta({ description: 'Null: this server has no mail (EARSHOT_SMTP_URL), and sends none.' }),
    to: z.string().meta({ description: 'The caller’s own address.' }),
    waiting: z.int().nonnegative(),
    failed: z.int().nonnegative().meta({ description: 'Given up in the last day.' }),
    problem: z
      .string()
      .nullable()
      .meta({ description: 'What the mail server said last, when it did not take a mail.' }),
  })
  .meta({ id: 'Mailing' })
export type Mailing = z.infer<typeof Mailing>

export const getMailing = endpoint({
  id: 'notifications.getMailing',
  method: 'GET',
  path: '/api/v1/notifications/mail',
  summary: 'Read whether this server sends mail, and how it goes',
  access: own,
  reply: Mailing,
})
export const testMail = endpoint({
  id: 'notifications.testMail',
  method: 'POST',
  path: '/api/v1/notifications/mail/test',
  summary: 'Send a test to the caller’s own address now, and say what the mail server answered',
  access: own,
  reply: z.object({ sent: z.boolean(), problem: z.string().nullable() }),
  repeatsSafely: true,
})
