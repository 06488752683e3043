/** HTTP edge of the knowledge base. */
import * as api from '@earshot/contracts'
import type { Bind } from '../platform/bind.ts'
import { getArticle } from './access.ts'
import { changeArticle } from './change-article.ts'
import { getCoverage } from './coverage.ts'
import { createArticle } from './create-article.ts'
import { deleteArticle } from './delete-article.ts'
import { changeFolder, createFolder, deleteFolder, listFolders } from './folders.ts'
import { readImport } from './imports/read-import.ts'
import { startImport } from './imports/start-import.ts'
import { listArticles } from './list-articles.ts'
import { listArticleQuestions } from './questions.ts'
import { listArticleVersions, restoreArticle } from './versions.ts'

export function knowledgeRoutes(bind: Bind): void {
  bind(api.listArticles, (ctx, { query }) => listArticles(ctx, query))
  bind(api.getArticle, (ctx, { params }) => getArticle(ctx, params.id))
  bind(api.createArticle, (ctx, { body }) => createArticle(ctx, body))
  bind(api.changeArticle, (ctx, { params, body }) => changeArticle(ctx, params.id, body))
  bind(api.deleteArticle, (ctx, { params }) => deleteArticle(ctx, params.id))
  bind(api.getKnowledgeCoverage, (ctx, { query }) => getCoverage(ctx, query.days))
  bind(api.listFolders, (ctx) => listFolders(ctx))
  bind(api.createFolder, (ctx, { body }) => createFolder(ctx, body))
  bind(api.changeFolder, (ctx, { params, body }) => changeFolder(ctx, params.id, body))
  bind(api.deleteFolder, (ctx, { params }) => deleteFolder(ctx, params.id))
  bind(api.listArticleVersions, (ctx, { params }) => listArticleVersions(ctx, params.id))
  bind(api.restoreArticle, (ctx, { params, body }) => restoreArticle(ctx, params.id, body.version))
  bind(api.listArticleQuestions, (ctx, { params, query }) => listArticleQuestions(ctx, params.id, query))
  bind(api.readImport, (ctx, { body }) => readImport(ctx, body.files))
  bind(api.startImport, (ctx, { params, body }) => startImport(ctx, params.id, body))
}
