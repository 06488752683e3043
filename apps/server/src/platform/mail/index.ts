/** The door of mail: `sendMail` in a transaction; the sweep does the rest. */
export type { MailContent } from './compose.ts'
export { composeMail } from './compose.ts'
export { type MailDoor, MailRefused, type MailSettings, openMail } from './door.ts'
export { countMails } from './queries.ts'
export { pruneMails, sendDueMails } from './send-due.ts'
export { cancelMails, type MailRequest, sendMail } from './send-mail.ts'
