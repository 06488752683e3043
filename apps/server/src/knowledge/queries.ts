/** All SQL of the knowledge base. Functions take a transaction, return rows, and decide nothing. */
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Tables } from '../platform/tables.gen.ts'
import type { Chunk } from './chunk-article.ts'

export type ArticleRow = Selectable<Tables['article']>

export interface ArticleContent {
  title: string
  body: string
  language: string
  status: 'draft' | 'published'
  folderId: string | null
  version: number
}

export function insertArticle(
  tx: Tx,
  workspaceId: string,
  content: ArticleContent,
  by: string | null,
): Promise<ArticleRow> {
  return tx
    .insertInto('article')
    .values({ workspaceId, ...content, updatedBy: by })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export function findArticle(tx: Tx, workspaceId: string, id: string): Promise<ArticleRow | undefined> {
  return tx
    .selectFrom('article')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function lockArticle(tx: Tx, workspaceId: string, id: string): Promise<ArticleRow | undefined> {
  return tx
    .selectFrom('article')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export function updateArticle(
  tx: Tx,
  workspaceId: string,
  id: string,
  content: ArticleContent,
  by: string | null,
): Promise<ArticleRow> {
  return tx
    .updateTable('article')
    .set({ ...content, updatedBy: by, updatedAt: sql<Date>`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function removeArticle(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('article')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

/** Newest first; ids are in the order of creation. */
export function findArticles(
  tx: Tx,
  workspaceId: string,
  page: {
    status?: 'draft' | 'published' | undefined
    folderId?: string | undefined
    language?: string | undefined
    before?: string | undefined
    limit: number
  },
): Promise<ArticleRow[]> {
  let query = tx.selectFrom('article').selectAll().where('workspaceId', '=', workspaceId)
  if (page.status) query = query.where('status', '=', page.status)
  if (page.folderId) query = query.where('folderId', '=', page.folderId)
  if (page.language) query = query.where('language', '=', page.language)
  if (page.before) query = query.where('id', '<', page.before)
  return query.orderBy('id', 'desc').limit(page.limit).execute()
}

export function findArticlesByIds(tx: Tx, workspaceId: string, ids: string[]): Promise<ArticleRow[]> {
  if (ids.length === 0) return Promise.resolve([])
  return tx.selectFrom('article').selectAll().where('workspaceId', '=', workspaceId).where('id', 'in', ids).execute()
}

/** The articles an agent with these folders may use. */
export async function findArticleIdsIn(tx: Tx, folderIds: string[]): Promise<Set<string>> {
  if (folderIds.length === 0) return new Set()
  const rows = await tx.selectFrom('article').select('id').where('folderId', 'in', folderIds).execute()
  return new Set(rows.map(({ id }) => id))
}

/** By what they are called: what an import writes again. */
export function findSameTitled(tx: Tx, workspaceId: string, titles: string[]): Promise<ArticleRow[]> {
  if (titles.length === 0) return Promise.resolve([])
  return tx
    .selectFrom('article')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('title', 'in', titles)
    .execute()
}

/** Drafts are in no index; there are few enough to look through them. */
export function findDraftsLike(tx: Tx, workspaceId: string, pattern: string, limit: number): Promise<ArticleRow[]> {
  return tx
    .selectFrom('article')
    .selectAll()
    .where('workspaceId', '=', workspaceId)
    .where('status', '=', 'draft')
    .where(sql<boolean>`lower(title || ' ' || body) like lower(${pattern})`)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export interface IndexedChunk extends Chunk {
  headingWords: string
  textWords: string
  pairs: string[]
}

/** Replaces what the search knows of an article. Headings weigh more (weight A). */
export async function replaceChunks(
  tx: Tx,
  workspaceId: string,
  article: { id: string; language: string },
  chunks: IndexedChunk[],
  words: string[],
): Promise<void> {
  await tx
    .deleteFrom('articleChunk')
    .where('workspaceId', '=', workspaceId)
    .where('articleId', '=', article.id)
    .execute()
  await tx
    .deleteFrom('articleWord')
    .where('workspaceId', '=', workspaceId)
    .where('articleId', '=', article.id)
    .execute()
  if (chunks.length === 0) return
  const rows = JSON.stringify(chunks.map((chunk, position) => ({ ...chunk, position })))
  await sql`
    insert into article_chunk (workspace_id, article_id, position, language, heading, text, length, terms)
    select ${workspaceId}, ${article.id}, c.position, ${article.language}, c.heading, c.text, c.length,
        setweight(to_tsvector(text_config(${article.language}), c."headingWords"), 'A') || to_tsvector(text_config(${article.language}), c."textWords")
        || array_to_tsvector(array(select distinct p from jsonb_array_elements_text(c.pairs) p where p <> ''))
      from jsonb_to_recordset(${rows}::jsonb)
        as c (position int, heading text, text text, length int, "headingWords" text, "textWords" text, pairs jsonb)`.execute(
    tx,
  )
  await sql`insert into article_word (workspace_id, article_id, word) select ${workspaceId}, ${article.id}, unnest(${words}::text[]) on conflict do nothing`.execute(
    tx,
  )
}

export interface WeighedWord {
  language: string
  word: string
  /** Empty: the word says nothing in that language. */
  lexeme: string
  chunks: number
  total: number
}

export async function weighWords(tx: Tx, words: string[]): Promise<WeighedWord[]> {
  const { rows } = await sql<WeighedWord>`select * from weigh_words(${words}::text[])`.execute(tx)
  return rows
}

/** The same for the words of one language alone. */
export async function weighWordsIn(tx: Tx, language: string, words: string[]): Promise<WeighedWord[]> {
  const { rows } = await sql<WeighedWord>`select * from weigh_words_in(${language}, ${words}::text[])`.execute(tx)
  return rows
}

export async function findSimilarWords(
  tx: Tx,
  words: string[],
): Promise<{ word: string; candidate: string; similarity: number }[]> {
  const { rows } = await sql<{ word: string; candidate: string; similarity: number }>`
    select * from find_similar_words(${words}::text[])`.execute(tx)
  return rows
}

export interface FoundChunk {
  articleId: string
  title: string
  position: number
  heading: string
  text: string
  length: number
  lexemes: string[]
  counts: number[]
  headed: boolean[]
  /** How many different terms its headings have. */
  headingSize: number
}

export async function findChunks(
  tx: Tx,
  language: string,
  terms: Map<string, number>,
  limit: number,
): Promise<FoundChunk[]> {
  const { rows } = await sql<FoundChunk>`
    select * from search_passages(${language}, ${[...terms.keys()]}::text[], ${[...terms.values()]}::float8[], ${limit})`.execute(
    tx,
  )
  return rows
}
