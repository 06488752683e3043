/** Whether a contact said that they want no more: in any of their conversations; kept, so that nobody has to read for it again. */
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { saysStop } from './opt-out-words.ts'
import { putOptOut } from './queries.ts'
import { findLastWords } from './queries-silent.ts'

/** How many of the contact's last messages are read for a "stop". */
const WORDS_READ = 50

export async function wantsNone(tx: Tx, ctx: Context, contactId: string): Promise<boolean> {
  const words = await findLastWords(tx, ctx.workspaceId, contactId, WORDS_READ)
  if (!words.some(saysStop)) return false
  await putOptOut(tx, ctx.workspaceId, contactId, { byKind: 'contact', byName: null })
  return true
}
