/** Read files and show what would become of them; no article is written yet. */
import type { ArticleImport } from '@earshot/contracts'
import { type Context, transact } from '../../platform/context.ts'
import { type ArticleRow, findSameTitled } from '../queries.ts'
import { countWords } from '../words.ts'
import { insertImport } from './queries-imports.ts'
import { type ReadArticle, type ReadFile, readFile } from './read-file.ts'

const SHOWN = 50

export async function readImport(ctx: Context, given: { name: string; base64: string }[]): Promise<ArticleImport> {
  const files: { name: string; read: ReadFile }[] = []
  for (const { name, base64 } of given) {
    files.push({ name, read: await readFile(name, Buffer.from(base64, 'base64')) })
    // Other requests go on between two files.
    await new Promise(setImmediate)
  }
  const articles = files.flatMap(({ read }) => ('articles' in read ? read.articles : []))
  return transact(ctx, async (tx) => {
    const id = await insertImport(tx, ctx.workspaceId, articles)
    const there = await findSameTitled(tx, ctx.workspaceId, [...new Set(articles.map(({ title }) => title))])
    return { id, files: files.map(({ name, read }) => viewFile(name, read, there)) }
  })
}

function viewFile(name: string, read: ReadFile, there: ArticleRow[]): ArticleImport['files'][number] {
  if ('refused' in read) return { name, refused: read.refused, articles: [], count: 0 }
  const articles = read.articles.slice(0, SHOWN).map((article) => ({
    title: article.title,
    words: countWords(article.body),
    language: article.language,
    becomes: becomes(article, there),
  }))
  return { name, refused: null, articles, count: read.articles.length }
}

/** An article of the same title and language is written anew; the same text is left alone. */
export function becomes(article: ReadArticle, there: ArticleRow[]): 'new' | 'change' | 'same' {
  const found = sameOf(article, there)
  if (!found) return 'new'
  return found.body === article.body ? 'same' : 'change'
}

export const sameOf = ({ title, language }: ReadArticle, there: ArticleRow[]): ArticleRow | undefined =>
  there.find((row) => row.title === title && row.language === language)
