/** Whether this server sends mail, and a test of it that a person waits for. */
import type { Mailing } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { composeMail, countMails, MailRefused } from '../platform/mail/index.ts'
import { memberOf } from './choices.ts'
import { findEmail } from './queries.ts'

export function getMailing(ctx: Context): Promise<Mailing> {
  const me = memberOf(ctx)
  return transact(ctx, async (tx) => {
    const counts = await countMails(tx, ctx.workspaceId)
    return { from: ctx.mail.from, to: await findEmail(tx, ctx.workspaceId, me), ...counts }
  })
}

/** Not through the rows of mail on its way: whoever presses the button wants to know now. */
export async function testMail(ctx: Context): Promise<{ sent: boolean; problem: string | null }> {
  const me = memberOf(ctx)
  const to = await transact(ctx, (tx) => findEmail(tx, ctx.workspaceId, me))
  const mail = composeMail({
    subject: 'Mail from Earshot works',
    heading: 'Mail works',
    paragraphs: ['This is the test you asked for. Notifications, alerts and invitations reach this address.'],
    button: { label: 'How I am told', url: new URL('/settings/notifications', ctx.team.baseUrl).href },
    footer: 'You get this because you pressed Test in Earshot.',
  })
  try {
    await ctx.mail.deliver({ ...mail, to, messageId: crypto.randomUUID() })
    return { sent: true, problem: null }
  } catch (error) {
    if (error instanceof MailRefused) return { sent: false, problem: error.message }
    throw error
  }
}
