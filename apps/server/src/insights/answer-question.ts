/** Answer an unanswered question: a draft from what operators said, and the article made of it. */
import type { Article, SuggestedAnswer, UnansweredQuestion, writeAnswerToQuestion } from '@earshot/contracts'
import type { z } from 'zod'
import { languageOfText, viewArticle, writeArticle } from '../knowledge/index.ts'
import { type Context, transact } from '../platform/context.ts'
import { accessLockedQuestion } from './access.ts'
import { tellInsights } from './change-question.ts'
import { viewQuestion } from './list-questions.ts'
import { updateQuestion } from './queries.ts'
import { findOperatorsAnswers } from './queries-answer.ts'

const MOST_SOURCES = 10
const LONGEST_TITLE = 200
const LONGEST_SOURCE = 4000

export function suggestAnswer(ctx: Context, id: string): Promise<SuggestedAnswer> {
  return transact(ctx, async (tx) => {
    const { question, languages } = await viewQuestion(tx, ctx, id)
    const answers = await findOperatorsAnswers(tx, ctx.workspaceId, id, MOST_SOURCES)
    const sources = answers.map(({ at, text, ...row }) => ({
      ...row,
      text: text.slice(0, LONGEST_SOURCE),
      at: at.toISOString(),
    }))
    const body = sources[0]?.text ?? ''
    const language = languageOfText(body === '' ? question : body, languages[0] ?? 'en')
    return { title: question.replace(/\s+/g, ' ').slice(0, LONGEST_TITLE), language, body, sources }
  })
}

type Wish = z.output<typeof writeAnswerToQuestion.body>

/** Adding an article settles nothing yet: whether it answers is seen by asking again. */
export function writeAnswer(
  ctx: Context,
  id: string,
  wish: Wish,
): Promise<{ article: Article; question: UnansweredQuestion }> {
  return transact(ctx, async (tx) => {
    await accessLockedQuestion(tx, ctx, id)
    const { body, status, title, folderId } = wish
    const language = wish.language ?? languageOfText(`${title}\n${body}`)
    const row = await writeArticle(ctx, tx, { title, body, status, folderId, language })
    await updateQuestion(tx, ctx.workspaceId, id, {
      state: 'drafted',
      articleId: row.id,
      replayId: null,
      dismissedFor: null,
      settledAt: null,
      settledBy: null,
    })
    await tellInsights(tx, ctx)
    return { article: viewArticle(row), question: await viewQuestion(tx, ctx, id) }
  })
}
