/** HTTP edge of the knowledge base. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { getArticle } from './access.ts'
import { changeArticle } from './change-article.ts'
import { createArticle } from './create-article.ts'
import { deleteArticle } from './delete-article.ts'
import { listArticles } from './list-articles.ts'

export function knowledgeRoutes(bind: Bind): void {
  bind(api.listArticles, (ctx, { query }) => listArticles(ctx, query))
  bind(api.getArticle, (ctx, { params }) => getArticle(ctx, params.id))
  bind(api.createArticle, (ctx, { body }) => createArticle(ctx, body))
  bind(api.changeArticle, (ctx, { params, body }) => changeArticle(ctx, params.id, body))
  bind(api.deleteArticle, (ctx, { params }) => deleteArticle(ctx, params.id))
}
