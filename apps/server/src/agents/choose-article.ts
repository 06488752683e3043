/** Which article answers, going by the search: one, two that fit about equally, or none. */
import { isAttribute, isCourtesy, type KnowledgePassage } from '../knowledge/index.ts'

export type Choice =
  | { kind: 'one'; passage: KnowledgePassage }
  | { kind: 'two'; first: KnowledgePassage; second: KnowledgePassage }
  | { kind: 'none' }

/** Below this the best passage is about something else in most cases. */
export const ENOUGH = 0.5
/** Passages this close fit about equally: a difference of the odds, since sure scores crowd together near 1. */
const CLOSE = 0.3

export function chooseArticle(passages: KnowledgePassage[]): Choice {
  const [first, ...others] = passages
  if (!first || first.score < ENOUGH || isAboutSomethingElse(first)) return { kind: 'none' }
  const second = others.find((passage) => passage.articleId !== first.articleId && passage.language === first.language)
  if (second && second.score >= ENOUGH && odds(first) - odds(second) < CLOSE && saysNoMore(first, second)) {
    return { kind: 'two', first, second }
  }
  return { kind: 'one', passage: first }
}

const odds = ({ score }: KnowledgePassage): number => Math.log(score / (1 - score))

/** The first speaks about no word of the question that the second does not speak about too. */
function saysNoMore(first: KnowledgePassage, second: KnowledgePassage): boolean {
  return first.matched.every((word) => second.matched.includes(word))
}

/** What is asked about is known to no article; only what is asked of it is. */
function isAboutSomethingElse({ matched, unknown }: KnowledgePassage): boolean {
  return unknown.length > 0 && matched.every((word) => isAttribute(word) || isCourtesy(word))
}
