/** What contacts asked: which article answered, and which questions none does yet. */
import type { Article, AskedQuestion } from '@earshot/contracts'
import { type Context, transact } from '../platform/context.ts'
import { AppError } from '../platform/errors.ts'
import { isInLexicon } from './concepts.ts'
import { writeArticle } from './create-article.ts'
import { languageOfQuestion } from './everyday.ts'
import { findArticle } from './queries.ts'
import { type AskedRow, findAsked, findOperatorsAnswer, insertAsked, settleQuestion } from './queries-questions.ts'
import { viewArticle } from './view.ts'
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

interface Page {
  limit: number
  cursor?: string | undefined
}
type Asked = { items: AskedQuestion[]; nextCursor: string | null }
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function listArticleQuestions(ctx: Context, articleId: string, page: Page): Promise<Asked> {
  return list(ctx, articleId, page)
}

export function listUnanswered(ctx: Context, page: Page): Promise<Asked> {
  return list(ctx, null, page)
}

function list(ctx: Context, articleId: string | null, { limit, cursor }: Page): Promise<Asked> {
  if (cursor !== undefined && !UUID.test(cursor))
    throw new AppError('request.invalid', { issues: [{ path: ['cursor'], message: 'not a cursor of this list' }] })
  return transact(ctx, async (tx) => {
    if (articleId && !(await findArticle(tx, ctx.workspaceId, articleId))) throw new AppError('article.not_found')
    const rows = await findAsked(tx, ctx.workspaceId, { articleId, before: cursor, limit })
    return { items: rows.map(view), nextCursor: rows.length === limit ? rows.at(-1)!.id : null }
  })
}

const view = ({ at, ...row }: AskedRow): AskedQuestion => ({ ...row, at: at.toISOString() })

/** A draft with the question as its title, and what an operator answered as its text. */
export function draftFromQuestion(ctx: Context, id: string): Promise<Article> {
  return transact(ctx, async (tx) => {
    const asked = await settleQuestion(tx, ctx.workspaceId, id, 'drafted')
    if (!asked) throw new AppError('question.not_found')
    const said = await findOperatorsAnswer(tx, ctx.workspaceId, asked.conversationId, asked.position)
    const title = asked.question.replace(/\s+/g, ' ').slice(0, 200)
    const language = languageOfText(asked.question)
    return viewArticle(await writeArticle(ctx, tx, { title, body: said.join('\n\n'), language, status: 'draft' }))
  })
}

/** English where the words do not tell. */
export const languageOfText = (text: string): string =>
  languageOfQuestion(splitWords(text.slice(0, 2000)).plain, text, isInLexicon) ?? 'en'

export function dismissQuestion(ctx: Context, id: string): Promise<{ ok: true }> {
  return transact(ctx, async (tx) => {
    if (!(await settleQuestion(tx, ctx.workspaceId, id, 'dismissed'))) throw new AppError('question.not_found')
    return { ok: true as const }
  })
}
