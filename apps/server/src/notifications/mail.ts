/** Mails of notifications: a minute later, to who wants them and has not looked by then. No words of the conversation. */
import { readNow } from '../hours/index.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { cancelMails, type MailContent, sendMail } from '../platform/mail/index.ts'
import { AS_DELIVERED, isQuiet } from './choices.ts'
import { findNameFor, type Teller } from './queries.ts'
import type { Told } from './told.ts'

const DELAY_S = 60

const keyOf = (notificationId: string): string => `notification:${notificationId}`

export const cancelMailsOf = (tx: Tx, ctx: Context, notificationIds: string[]): Promise<void> =>
  cancelMails(tx, ctx, notificationIds.map(keyOf))

export async function queueMails(
  tx: Tx,
  ctx: Context,
  made: { id: string; memberId: string }[],
  people: Teller[],
  told: Told,
): Promise<void> {
  if (ctx.mail.from === null || made.length === 0) return
  const now = await readNow(tx)
  const wanting = people.filter(({ choices }) => {
    const chosen = choices ?? AS_DELIVERED
    return chosen.kinds[told.kind].mail && !isQuiet(chosen, told.kind, now)
  })
  if (wanting.length === 0) return
  const about = told.conversationId ? await findNameFor(tx, ctx.workspaceId, told.conversationId) : null
  const content = contentOf(told, about, ctx.team.baseUrl)
  for (const { id, memberId } of made) {
    const person = wanting.find((one) => one.id === memberId)
    if (person)
      await sendMail(tx, ctx, {
        key: keyOf(id),
        to: person.email,
        content,
        conversationId: told.conversationId,
        delaySeconds: told.kind === 'alert' ? 0 : DELAY_S,
      })
  }
}

const FOOTER = 'You get this because mail is switched on for it in Earshot, Settings → Notifications.'

function contentOf(
  told: Told,
  about: { number: number; contactName: string | null } | null,
  baseUrl: string,
): MailContent {
  if (told.alert)
    return {
      subject: told.alert.name,
      heading: told.alert.name,
      paragraphs: [told.alert.says],
      button: { label: 'Open alerts', url: new URL('/settings/alerts', baseUrl).href },
      footer: FOOTER,
    }
  const who = about?.contactName?.slice(0, 100) || 'Anonymous visitor'
  const title = titleOf(told, who)
  return {
    subject: title,
    heading: title,
    paragraphs: [`Conversation #${about?.number ?? ''}`],
    button: { label: 'Open the conversation', url: new URL(`/conversations/${told.conversationId}`, baseUrl).href },
    footer: FOOTER,
  }
}

function titleOf({ kind, byName }: Told, who: string): string {
  switch (kind) {
    case 'handoff':
      return `${who} needs a human`
    case 'offer':
      return `${who} is offered to you`
    case 'assigned':
      return `${who} was given to you`
    case 'mention':
      return `${byName ?? 'Somebody'} mentioned you in the conversation with ${who}`
    case 'reply':
      return `${who} answered`
    default:
      return `${who} waits past the target`
  }
}
