/** Which passages an answer of a model rests on: those whose sentences it visibly uses. */
import type { Citation } from '@earshot/contracts'
import { isCourtesy, type KnowledgePassage, splitWords } from '../knowledge/index.ts'
import { closestSentence, likeness } from './quote.ts'

const MOST = 3
/** Share of a quoted sentence's words that the answer must contain. */
const USED = 0.5

export function citationsOf(answer: string, passages: KnowledgePassage[]): Citation[] {
  const { plain, pairs } = splitWords(answer.slice(0, 4000))
  const about = { plain: plain.filter((word) => word.length > 3), pairs }
  const words = contentWords(answer)
  const found = new Map<string, Citation & { share: number }>()
  for (const passage of passages) {
    const quote = closestSentence(passage, about).slice(0, 2000)
    const share = shareOf(contentWords(quote), words, passage.language)
    if (share < USED || share <= (found.get(passage.articleId)?.share ?? 0)) continue
    found.set(passage.articleId, { articleId: passage.articleId, title: passage.title, quote, share })
  }
  return [...found.values()]
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST)
    .map(({ share: _, ...citation }) => citation)
}

function contentWords(text: string): string[] {
  const { plain, pairs } = splitWords(text.slice(0, 4000))
  return [...new Set([...plain.filter((word) => word.length > 2 && !isCourtesy(word)), ...pairs])]
}

function shareOf(quoted: string[], said: string[], language: string): number {
  if (quoted.length === 0) return 0
  const known = new Set(said)
  const used = quoted.filter((word) => known.has(word) || said.some((other) => likeness(word, other, language) >= 0.9))
  return used.length / quoted.length
}
