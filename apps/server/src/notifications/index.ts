/** The door of notifications: what other slices may use. */

export { followNotifications, pruneNotifications } from './follow.ts'
export { getMailing, testMail } from './mailing.ts'
export { notify } from './notify.ts'
export { openPush } from './push-services.ts'
export { notificationRoutes } from './routes.ts'
export { sendPushes } from './send-pushes.ts'
