/** What contacts asked: which article answered, and which questions none does yet. */
import type { AskedQuestion } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { AppError } from '../platform/errors.ts'
import { isInLexicon } from './concepts.ts'
import { languageOfQuestion } from './everyday.ts'
import { findArticle } from './queries.ts'
import { type AskedRow, findAsked, insertAsked, insertUnanswered } from './queries-questions.ts'
import { splitWords } from './words.ts'

const LONGEST = 500

export interface AskedNow {
  conversationId: string
  /** Of the message it was asked in. */
  position: number
  question: string
  /** Of the articles the answer cites; none: nothing was found. */
  articleIds: string[]
}

export function noteQuestion(ctx: Pick<Context, 'db' | 'workspaceId'>, asked: AskedNow): Promise<void> {
  const question = asked.question.trim().slice(0, LONGEST)
  if (question === '') return Promise.resolve()
  return transact(ctx, (tx) => insertAsked(tx, ctx.workspaceId, { ...asked, question }))
}

/** What a review found to be unanswered. What an agent said of itself is not said again. */
export async function noteUnanswered(
  tx: Tx,
  workspaceId: string,
  conversationId: string,
  found: { position: number; question: string }[],
): Promise<void> {
  const asked = found
    .map(({ position, question }) => ({ position, question: question.trim().slice(0, LONGEST) }))
    .filter(({ question }) => question !== '')
  if (asked.length > 0) await insertUnanswered(tx, workspaceId, conversationId, asked)
}

interface Page {
  limit: number
  cursor?: string | undefined
}
type Asked = { items: AskedQuestion[]; nextCursor: string | null }
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function listArticleQuestions(ctx: Context, articleId: string, { limit, cursor }: Page): Promise<Asked> {
  if (cursor !== undefined && !UUID.test(cursor))
    throw new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'not a cursor of this list' }] })
  return transact(ctx, async (tx) => {
    if (!(await findArticle(tx, ctx.workspaceId, articleId))) throw new AppError('article.not_found')
    const rows = await findAsked(tx, ctx.workspaceId, { articleId, before: cursor, limit })
    return { items: rows.map(view), nextCursor: rows.length === limit ? rows.at(-1)!.id : null }
  })
}

const view = ({ at, ...row }: AskedRow): AskedQuestion => ({ ...row, at: at.toISOString() })

/** By its words; where they do not tell, the other. */
export const languageOfText = (text: string, otherwise = 'en'): string =>
  languageOfQuestion(splitWords(text.slice(0, 2000)).plain, text, isInLexicon) ?? otherwise
