/** Reads a reply by what was said before: "the second one", "and on Sunday?". */
import { foldAccents, isCourtesy, splitWords } from '../knowledge/index.ts'
import type { Said } from './answer.ts'
import { plainText } from './asks-for-person.ts'
import { likeness } from './quote.ts'

const FIRST =
  /^(?:(?:the |das |der |die |le |la |el |il |de |het )?(?:first|1|1st|one|erste\w*|premier|premiere|primer\w*|primeir\w*|prim\w|eerste|pierwsz\w*|eins|uno|un|um|een|jeden)(?: one| article| please| bitte)?)$/u
const SECOND =
  /^(?:(?:the |das |der |die |le |la |el |il |de |het )?(?:second|2|2nd|two|latter|last|last one|zweite\w*|deuxieme|second\w*|segund\w*|tweede|drug\w*|zwei|dos|deux|due|dois|twee|dwa)(?: one| article| please| bitte)?)$/u
const YES = /^(?:yes|ja|oui|si|sim|tak|yeah|yep|ok)(?: please| bitte| the first one)?$/u

/** Which of the two offered articles a reply means: by place, or by words that only one of the titles has. */
export function pickChoice<T extends { title: string }>(reply: string, choices: T[]): T | undefined {
  const said = plainText(reply.slice(0, 300))
  if (FIRST.test(said) || YES.test(said)) return choices[0]
  if (SECOND.test(said)) return choices[1]
  const [a, b] = choices.map((choice) => overlap(said, plainText(choice.title)))
  if (a === undefined || b === undefined || a === b) return undefined
  return a > b ? choices[0] : choices[1]
}

function overlap(said: string, title: string): number {
  const [words, ofTitle] = [splitWords(said), splitWords(title)]
  let score = 0
  for (const word of words.plain)
    if (!isCourtesy(word))
      score += Math.max(0, ...ofTitle.plain.map((other) => (other.length > 2 ? likeness(word, other, 'en') : 0)))
  const pairs = new Set(ofTitle.pairs)
  return score + words.pairs.filter((pair) => pairs.has(pair)).length
}

const OPENERS =
  /^(?:and|what about|how about|or|but|also|then|und|was ist mit|oder|aber|auch|et|ou|mais|y|pero|o|e|mas|ma|en|of|maar|i|a|lub|и|а|или|そして|那|그리고)(?: |$)/u
const POINTING =
  /\b(?:it|that|this|they|them|those|these|there|one|das|es|sie|dort|ca|cela|eso|ese|isso|esse|questo|dat|die|daar)\b/u
const SHORT_WORDS = 6

/** The question before and this one together, when this one leans on it. */
export function expandFollowUp(text: string, history: Said[]): string | undefined {
  const said = plainText(text)
  const words = said.split(' ').filter(Boolean)
  const leans =
    OPENERS.test(said) || words.length <= SHORT_WORDS || (words.length <= 12 && POINTING.test(foldAccents(said)))
  if (!leans) return undefined
  const previous = history.findLast((line) => line.author === 'agent')?.note?.question
  const asked = previous ?? history.findLast((line) => line.author === 'contact')?.text
  return asked ? `${asked.slice(0, 300)} ${text}` : undefined
}
