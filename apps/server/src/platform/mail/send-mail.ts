/** Send a mail: a row in the transaction of whoever asks, so that there is a mail when, and only if, that commits. */
import type { Context } from '../context.ts'
import type { Tx } from '../db.ts'
import type { MailContent } from './compose.ts'
import { deleteWaiting, insertMail } from './queries.ts'

export interface MailRequest {
  /** One mail per key, however often it is asked for. */
  key: string
  to: string
  content: MailContent
  /** The conversation it speaks of: unsent, it goes with it. */
  conversationId?: string | null
  /** Left this long, so that `cancelMails` can still take it back. */
  delaySeconds?: number
}

/**
 * True when it will be sent; false when it was asked for before, when the address is none, or when this server has no mail. Who must tell
 * a person reads `ctx.mail.from` first: null means that there is no mail.
 */
export async function sendMail(
  tx: Tx,
  ctx: Pick<Context, 'workspaceId' | 'mail'>,
  { key, to, content, conversationId = null, delaySeconds = 0 }: MailRequest,
): Promise<boolean> {
  if (ctx.mail.from === null || !ADDRESS.test(to)) return false
  return insertMail(tx, { workspaceId: ctx.workspaceId, key, to, content, conversationId, delaySeconds })
}

export const cancelMails = (tx: Tx, { workspaceId }: Pick<Context, 'workspaceId'>, keys: string[]): Promise<void> =>
  deleteWaiting(tx, workspaceId, keys)

/** One address, and nothing that a header or a list of addresses could be made of. */
const ADDRESS = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,250}$/
