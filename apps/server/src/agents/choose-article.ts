/** Which article answers, going by the search: one, two that fit about equally, or none. */
import { isAttribute, isCourtesy, type KnowledgePassage } from '../knowledge/index.ts'

export type Choice =
  | { kind: 'one'; passage: KnowledgePassage }
  | { kind: 'two'; first: KnowledgePassage; second: KnowledgePassage }
  | { kind: 'none' }

/** Measured on the questions of `faq.fixture.ts`: below this the best passage is about something else in most cases. */
export const ENOUGH = 0.44
/** Passages this close fit about equally. */
const CLOSE = 0.06
/** Two half-fitting passages are two guesses, not a choice to offer. */
const ENOUGH_TO_ASK = 0.5

export function chooseArticle(passages: KnowledgePassage[]): Choice {
  const [first, ...others] = passages
  if (!first || first.score < ENOUGH || isAboutSomethingElse(first)) return { kind: 'none' }
  const second = others.find((passage) => passage.articleId !== first.articleId)
  if (second && second.score >= ENOUGH_TO_ASK && first.score - second.score < CLOSE && saysNoMore(first, second)) {
    return { kind: 'two', first, second }
  }
  return { kind: 'one', passage: first }
}

/** The first speaks about no word of the question that the second does not speak about too. */
function saysNoMore(first: KnowledgePassage, second: KnowledgePassage): boolean {
  return first.matched.every((word) => second.matched.includes(word))
}

/** What is asked about is known to no article; only what is asked of it is. */
function isAboutSomethingElse({ matched, unknown }: KnowledgePassage): boolean {
  return unknown.length > 0 && matched.every((word) => isAttribute(word) || isCourtesy(word))
}
