/** HTTP edge of insights: one line an endpoint. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { suggestAnswer, writeAnswer } from './answer-question.ts'
import { changeQuestion } from './change-question.ts'
import { getQuestion, listAskings, listQuestions } from './list-questions.ts'
import { mergeQuestions, splitQuestion, undoMove } from './move-askings.ts'
import { compareReplay, replayQuestion } from './replay-question.ts'
import { suggestIntents } from './suggest-intents.ts'
import { getTransfers, listTopics } from './topics.ts'

export function insightRoutes(bind: Bind): void {
  bind(api.listUnanswered, (ctx, { query }) => listQuestions(ctx, query))
  bind(api.getUnanswered, (ctx, { params, query }) => getQuestion(ctx, params.id, query))
  bind(api.listAskings, (ctx, { params, query }) => listAskings(ctx, params.id, query))
  bind(api.changeUnanswered, (ctx, { params, body }) => changeQuestion(ctx, params.id, body))
  bind(api.mergeUnanswered, (ctx, { params, body }) => mergeQuestions(ctx, params.id, body.into))
  bind(api.splitUnanswered, (ctx, { params, body }) => splitQuestion(ctx, params.id, body.askingIds))
  bind(api.undoQuestionMove, (ctx, { params }) => undoMove(ctx, params.id))
  bind(api.suggestAnswerToQuestion, (ctx, { params }) => suggestAnswer(ctx, params.id))
  bind(api.writeAnswerToQuestion, (ctx, { params, body }) => writeAnswer(ctx, params.id, body))
  bind(api.replayUnanswered, (ctx, { params }) => replayQuestion(ctx, params.id))
  bind(api.getUnansweredReplay, (ctx, { params }) => compareReplay(ctx, params.id))
  bind(api.listTopics, (ctx, { query }) => listTopics(ctx, query))
  bind(api.getTransfers, (ctx, { query }) => getTransfers(ctx, query))
  bind(api.suggestIntents, (ctx) => suggestIntents(ctx))
}
