/** Markdown → blocks: paragraphs, headings, lists, quotes, code, tables, lines. HTML is text here. */
import { type Inline, parseInline } from './inline.ts'

export type Block =
  | { is: 'paragraph'; inside: Inline[] }
  | { is: 'heading'; level: number; inside: Inline[] }
  | { is: 'code'; text: string }
  | { is: 'quote'; blocks: Block[] }
  | { is: 'list'; start: number | null; items: Block[][] }
  | { is: 'table'; head: Inline[][]; rows: Inline[][][]; align: ('start' | 'center' | 'end')[] }
  | { is: 'line' }

const MAX_DEPTH = 5
const FENCE = /^ {0,3}(`{3,}|~{3,})/
const HEADING = /^ {0,3}(#{1,6})(?: |$)/
const LINE = /^ {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$/
const QUOTE = /^ {0,3}> ?/
const ITEM = /^( *)([-*+]|\d{1,9}[.)]) +(?=\S)/

export function parseBlocks(text: string, depth = 0): Block[] {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\t/g, '    ').split('\n')
  const reader = { lines, at: 0 }
  const blocks: Block[] = []
  while (reader.at < lines.length) {
    if (lines[reader.at]!.trim() === '') reader.at++
    else blocks.push(readBlock(reader, depth))
  }
  return blocks
}

interface Reader {
  lines: string[]
  at: number
}

function readBlock(reader: Reader, depth: number): Block {
  const line = reader.lines[reader.at]!
  if (FENCE.test(line)) return readCode(reader)
  if (HEADING.test(line)) return readHeading(reader)
  if (LINE.test(line.trimEnd())) {
    reader.at++
    return { is: 'line' }
  }
  if (depth < MAX_DEPTH && QUOTE.test(line)) return readQuote(reader, depth)
  if (depth < MAX_DEPTH && ITEM.test(line)) return readList(reader, depth)
  return readTable(reader) ?? readParagraph(reader)
}

/** A fence that is never closed, as while an answer is being written, holds everything to the end. */
function readCode(reader: Reader): Block {
  const fence = FENCE.exec(reader.lines[reader.at]!)![1]!
  const text: string[] = []
  for (reader.at++; reader.at < reader.lines.length; reader.at++) {
    const line = reader.lines[reader.at]!
    const close = line.trim()
    if (close.length >= fence.length && close === fence[0]!.repeat(close.length)) {
      reader.at++
      break
    }
    text.push(line)
  }
  return { is: 'code', text: text.join('\n') }
}

function readHeading(reader: Reader): Block {
  const line = reader.lines[reader.at++]!.trim()
  let level = 0
  while (line[level] === '#') level++
  let end = line.length
  while (end > level && line[end - 1] === '#') end--
  return { is: 'heading', level, inside: parseInline(line.slice(level, end).trim()) }
}

function readQuote(reader: Reader, depth: number): Block {
  const inside: string[] = []
  while (QUOTE.test(reader.lines[reader.at] ?? '')) inside.push(reader.lines[reader.at++]!.replace(QUOTE, ''))
  return { is: 'quote', blocks: parseBlocks(inside.join('\n'), depth + 1) }
}

/** An item goes on over lines that are indented as its text, and over the lines of a paragraph that goes on. */
function readList(reader: Reader, depth: number): Block {
  const [, indent = '', mark = ''] = ITEM.exec(reader.lines[reader.at]!)!
  const isOrdered = /\d/.test(mark)
  const items: Block[][] = []
  for (;;) {
    const line = reader.lines[reader.at] ?? ''
    const match = ITEM.exec(line)
    if (!match || match[1]!.length > indent.length + 1 || match[1]!.length < indent.length) break
    if (/\d/.test(match[2]!) !== isOrdered) break
    items.push(parseBlocks(readItem(reader, match[0].length), depth + 1))
  }
  return { is: 'list', start: isOrdered ? Number.parseInt(mark, 10) : null, items }
}

function readItem(reader: Reader, width: number): string {
  const inside = [reader.lines[reader.at++]!.slice(width)]
  while (reader.at < reader.lines.length) {
    const line = reader.lines[reader.at]!
    const next = reader.lines[reader.at + 1] ?? ''
    const isIndented = line.startsWith('  ')
    const isBlank = line.trim() === ''
    if (isBlank ? !next.startsWith('  ') : !isIndented && beginsBlock(line)) break
    inside.push(isBlank ? '' : line.replace(new RegExp(`^ {0,${width}}`), ''))
    reader.at++
  }
  return inside.join('\n')
}

const beginsBlock = (line: string): boolean =>
  FENCE.test(line) || HEADING.test(line) || QUOTE.test(line) || ITEM.test(line) || LINE.test(line.trimEnd())

function readTable(reader: Reader): Block | undefined {
  const [header, ruler] = [reader.lines[reader.at]!, reader.lines[reader.at + 1]]
  if (!header.includes('|') || ruler === undefined) return undefined
  const marks = cells(ruler)
  const head = cells(header)
  if (marks.length !== head.length || !marks.every((mark) => /^:?-+:?$/.test(mark))) return undefined
  const align = marks.map((mark) => (mark.endsWith(':') ? (mark.startsWith(':') ? 'center' : 'end') : 'start'))
  const rows: Inline[][][] = []
  for (reader.at += 2; reader.lines[reader.at]?.includes('|'); reader.at++) {
    const row = cells(reader.lines[reader.at]!)
    rows.push(head.map((_, i) => parseInline(row[i] ?? '')))
  }
  return { is: 'table', head: head.map((cell) => parseInline(cell)), rows, align }
}

function cells(line: string): string[] {
  const trimmed = line.trim().replace(/^\|/, '').replace(/\|$/, '')
  return trimmed.split('|').map((cell) => cell.trim())
}

function readParagraph(reader: Reader): Block {
  const inside = [reader.lines[reader.at++]!]
  while (reader.at < reader.lines.length) {
    const line = reader.lines[reader.at]!
    if (line.trim() === '' || beginsBlock(line)) break
    inside.push(line)
    reader.at++
  }
  return { is: 'paragraph', inside: parseInline(inside.join('\n').trim()) }
}
