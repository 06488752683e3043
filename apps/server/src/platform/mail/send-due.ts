/**
 * The sweep of mail: takes what is due with a lease, and gives up after some tries. One node has a mail at a time; a node killed between the
 * server's "taken" and our commit sends it once more, under the same Message-ID.
 */
import { type Services, transact } from '../context.ts'
import { composeMail } from './compose.ts'
import { MailRefused } from './door.ts'
import { type ClaimedMail, claimMails, findMail, noteProblem, noteSent, pruneMailRows } from './queries.ts'

const AT_ONCE = 10
const LEASE_S = 120
const TRIES = 8

export async function sendDueMails(services: Services): Promise<number> {
  if (services.mail.from === null) return 0
  const claimed = await claimMails(services.db, AT_ONCE, LEASE_S)
  await Promise.all(claimed.map((mail) => send(services, mail)))
  return claimed.length
}

async function send(services: Services, claimed: ClaimedMail): Promise<void> {
  const at = { db: services.db, workspaceId: claimed.workspaceId }
  const mail = await transact(at, (tx) => findMail(tx, claimed))
  if (!mail) return
  const error = await services.mail.deliver({ ...composeMail(mail.content), to: mail.to, messageId: claimed.id }).then(
    () => null,
    (problem) => (problem instanceof MailRefused ? problem : new MailRefused('The mail could not be sent.', false)),
  )
  if (error === null) await transact(at, (tx) => noteSent(tx, claimed))
  else {
    // 10 s, 30 s, 90 s … the last two within three hours.
    const again = error.lasting || mail.attempts >= TRIES ? null : Math.min(10 * 3 ** (mail.attempts - 1), 7200)
    await transact(at, (tx) => noteProblem(tx, claimed, error.message, again))
    services.log.warn({ mail: claimed.id, problem: error.message, again }, 'a mail was not taken')
  }
}

/** What was sent or given up is remembered for a week, so that it is not sent again, without its words. */
export const pruneMails = (services: Services): Promise<void> => pruneMailRows(services.db, '7 days')
