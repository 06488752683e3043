/** Takes a message apart that may ask two things. */
import { isCourtesy, splitWords } from '../knowledge/index.ts'

const ENDS = /(?<=[.?!;…。？！])\s+/u
const JOINTS =
  /,?\s+(?:and(?: then| also)?|or|und(?: dann| auch)?|oder|sowie|außerdem|y(?: luego| además| también)?|e|o|además|et(?: puis| aussi)?|ou)\s+/iu
const MOST = 3

/** Its parts, when each says something; the whole message alone otherwise. */
export function splitQuestions(text: string): string[] {
  const parts = text
    .split(ENDS)
    .flatMap((sentence) => sentence.split(JOINTS))
    .map((part) => part.trim())
    .filter(saysSomething)
  return parts.length > 1 && parts.length <= MOST ? parts : [text]
}

const saysSomething = (part: string): boolean => {
  const { plain, pairs } = splitWords(part)
  return plain.some((word) => !isCourtesy(word)) || pairs.length > 1
}
