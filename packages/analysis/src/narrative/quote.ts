/** A piece of somebody's text as it may stand in a summary: one line, secrets masked, cut at a word. */
import { masked } from '../memory/secrets.ts'

// Control and direction-changing signs could bend the line they are quoted in.
const UNSEEN = /[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/gu

export const oneLine = (text: string): string =>
  masked(text.slice(0, 4000).replace(UNSEEN, ' '))
    .replace(/[*_`#>]{2,}|^[#>*\s]+/g, '')
    .replace(/\s+/gu, ' ')
    .trim()

/** Cut at a word, never inside a sign of two halves. */
export const shorten = (text: string, most: number): string => {
  if (text.length <= most) return text
  const cut = text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')
  const atWord = /\s\S{0,24}$/u.exec(cut)
  return `${(atWord ? cut.slice(0, atWord.index) : cut).replace(/[\s,;:.–-]+$/u, '')}…`
}

export const quote = (text: string, most: number): string =>
  `“${shorten(oneLine(text).replace(/^["“”']+|["“”']+$/g, ''), most)}”`
