/** Cuts an article into passages of about a hundred words that each know the headings they stand under. */
import { countWords, splitSentences } from './words.ts'

export interface Chunk {
  /** The title and the headings above, as a path. */
  heading: string
  /** Markdown, as written. */
  text: string
  /** In words. */
  length: number
}

const WANTED_WORDS = 80
const MOST_WORDS = 150

interface Block {
  headings: string[]
  text: string
}

export function chunkArticle(article: { title: string; body: string; language: string }): Chunk[] {
  const chunks: Chunk[] = []
  let open: Chunk | undefined
  for (const block of readBlocks(article.body)) {
    const heading = [article.title, ...block.headings].join(' › ')
    for (const text of cutLong(block.text, article.language)) {
      const length = countWords(text)
      if (length === 0) continue
      if (open?.heading === heading && open.length < WANTED_WORDS && open.length + length <= MOST_WORDS) {
        open.text += `\n\n${text}`
        open.length += length
      } else {
        open = { heading, text, length }
        chunks.push(open)
      }
    }
  }
  // A title alone can be the answer to "do you have …?"; it is found, though there is nothing to quote but itself.
  return chunks.length > 0
    ? chunks
    : [{ heading: article.title, text: article.title, length: countWords(article.title) }]
}

/** Paragraphs, lists, tables and code, each with the headings it stands under. */
function readBlocks(body: string): Block[] {
  const blocks: Block[] = []
  const headings: { level: number; text: string }[] = []
  let lines: string[] = []
  let fence = false
  const close = () => {
    const text = lines.join('\n').trim()
    if (text) blocks.push({ headings: headings.map((h) => h.text), text })
    lines = []
  }
  for (const line of body.replaceAll('\r\n', '\n').split('\n')) {
    if (/^\s{0,3}(```|~~~)/.test(line)) fence = !fence
    const title = fence ? null : /^\s{0,3}(#{1,6})\s+(.+?)\s*#*\s*$/.exec(line)
    if (title) {
      close()
      const level = title[1]!.length
      while (headings.length > 0 && headings.at(-1)!.level >= level) headings.pop()
      headings.push({ level, text: title[2]!.slice(0, 200) })
    } else if (!fence && line.trim() === '') {
      close()
    } else lines.push(line)
  }
  close()
  return joinLists(blocks)
}

/** "You need:" and the list after it belong together, also with an empty line between. */
function joinLists(blocks: Block[]): Block[] {
  const joined: Block[] = []
  for (const block of blocks) {
    const last = joined.at(-1)
    const isSameSection = last && last.headings.join('\n') === block.headings.join('\n')
    if (last && isSameSection && /[:：]$/.test(last.text) && isList(block.text)) last.text += `\n${block.text}`
    else joined.push({ ...block })
  }
  return joined
}

export const isList = (text: string): boolean => LIST_ITEM.test(text)
export const LIST_ITEM = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+/

function cutLong(text: string, language: string): string[] {
  if (countWords(text) <= MOST_WORDS) return [text]
  const pieces = text.includes('\n') ? text.split('\n') : splitSentences(text, language)
  const glue = text.includes('\n') ? '\n' : ' '
  const parts: string[] = []
  let part = ''
  for (const piece of pieces.flatMap(cutEndless)) {
    if (part && countWords(part) + countWords(piece) > MOST_WORDS) {
      parts.push(part)
      part = ''
    }
    part = part ? part + glue + piece : piece
  }
  if (part) parts.push(part)
  return parts
}

/** A "sentence" without an end is cut by length. */
function cutEndless(piece: string): string[] {
  if (countWords(piece) <= MOST_WORDS) return [piece]
  return piece.match(/[\s\S]{1,700}(?:\s|$)|[\s\S]{1,700}/g) ?? [piece]
}
