/** Rewrites what the search knows of an article, in the transaction that changes it. Drafts are not found. */
import type { Tx } from '../platform/db.ts'
import { chunkArticle } from './chunk-article.ts'
import { splitCompound } from './compounds.ts'
import { type ArticleRow, replaceChunks } from './queries.ts'
import { foldAccents, splitWords } from './words.ts'

/** Long articles are found by their first part. */
const MOST_CHUNKS = 400
const MOST_WORDS = 5000

export async function indexArticle(tx: Tx, workspaceId: string, article: ArticleRow): Promise<void> {
  const chunks = article.status === 'published' ? chunkArticle(article).slice(0, MOST_CHUNKS) : []
  const vocabulary = new Set<string>()
  const indexed = chunks.map((chunk) => {
    const heading = splitWords(chunk.heading)
    const text = splitWords(chunk.text)
    for (const word of [...heading.plain, ...text.plain]) if (isWorthCorrecting(word)) vocabulary.add(word)
    return {
      ...chunk,
      headingWords: withFolded(withParts(heading.plain, article.language)),
      textWords: withFolded(withParts(text.plain, article.language)),
      pairs: [...new Set([...heading.pairs, ...text.pairs])],
    }
  })
  await replaceChunks(tx, workspaceId, article, indexed, [...vocabulary].slice(0, MOST_WORDS))
}

/** German compounds are found by their parts too. */
function withParts(words: string[], language: string): string[] {
  return language.startsWith('de') ? words.flatMap((word) => [word, ...splitCompound(word)]) : words
}

/** Accented words are indexed in both spellings, so that either is found. */
function withFolded(words: string[]): string {
  return words.flatMap((word) => (foldAccents(word) === word ? [word] : [word, foldAccents(word)])).join(' ')
}

/** Short words and numbers are too close to each other to guess which was meant. */
export const isWorthCorrecting = (word: string): boolean => word.length >= 4 && /^\p{L}+$/u.test(word)
