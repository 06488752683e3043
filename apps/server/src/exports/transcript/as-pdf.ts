/** A transcript as PDF: each paragraph runs in the direction of its words, and the fonts are inside. */
import { setTimeout } from 'node:timers/promises'
import { setParagraph, type TextLine } from '../pdf/paragraph.ts'
import { type Colour, PAGE, PdfFile, type Style } from '../pdf/pdf-file.ts'
import { type Line, type Transcript, tidyName } from './read-transcript.ts'
import { fileOf, headOf, momentOf, roleOf } from './words.ts'

const INK: Colour = [0.11, 0.12, 0.15]
const GREY: Colour = [0.4, 0.42, 0.47]
const BARS: Record<Line['author']['kind'] | 'note', Colour> = {
  contact: [0.6, 0.62, 0.66],
  agent: [0.27, 0.38, 0.85],
  operator: [0.11, 0.54, 0.37],
  system: [0.8, 0.8, 0.82],
  note: [0.78, 0.54, 0],
}
const TITLE: Style = { size: 16, colour: INK, bold: true }
const FACT: Style = { size: 9, colour: INK }
const LABEL: Style = { size: 9, colour: GREY }
const NAME: Style = { size: 9, colour: INK, bold: true }
const BODY: Style = { size: 10.5, colour: INK }
const LABEL_WIDTH = 84
/** What was said stands beside the bar. */
const INDENT = 12
const LEADING = 1.45
const WIDTH = PAGE.width - 2 * PAGE.margin
const FOOT = PAGE.margin + 12

/** A sheet that begins a new page when one is full. */
class Sheet {
  readonly file = new PdfFile()
  y = 0

  constructor() {
    this.turn()
  }

  turn(): void {
    this.file.addPage()
    this.y = PAGE.height - PAGE.margin
  }

  /** Makes sure that so many points are left. */
  need(height: number): void {
    if (this.y - height < FOOT) this.turn()
  }

  line(line: TextLine, style: Style, x: number, width: number): void {
    const length = (line.width * style.size) / 1000
    this.file.text(line, line.rightToLeft ? x + width - length : x, this.y - style.size, style)
  }

  paragraphs(text: string, style: Style, x: number, width: number, bar?: Colour): void {
    const height = style.size * LEADING
    for (const paragraph of text.split('\n'))
      for (const line of setParagraph(paragraph, (width * 1000) / style.size)) {
        this.need(height)
        if (bar) this.file.bar(PAGE.margin, this.y - height + 2, 2, height, bar)
        this.line(line, style, x, width)
        this.y -= height
      }
  }
}

export async function asPdf(transcript: Transcript): Promise<Buffer> {
  const sheet = new Sheet()
  sheet.paragraphs(transcript.title, TITLE, PAGE.margin, WIDTH)
  sheet.y -= 6
  for (const [label, value] of headOf(transcript)) {
    sheet.need(FACT.size * LEADING)
    sheet.line(one(label, LABEL), LABEL, PAGE.margin, LABEL_WIDTH)
    sheet.paragraphs(tidyName(value), FACT, PAGE.margin + LABEL_WIDTH, WIDTH - LABEL_WIDTH)
  }
  for (const [i, line] of transcript.lines.entries()) {
    drawLine(sheet, line)
    // A long conversation takes its time; others are served meanwhile.
    if (i % 50 === 49) await setTimeout(0)
  }
  numberPages(sheet.file)
  const language = /^[A-Za-z-]{2,20}$/.exec(transcript.conversation.language ?? '')?.[0] ?? 'en'
  return sheet.file.finish({ title: transcript.title, language })
}

function drawLine(sheet: Sheet, line: Line): void {
  const bar = BARS[line.kind === 'note' ? 'note' : line.author.kind]
  sheet.need(44) // the head stays with the first words
  sheet.y -= 12
  const name = one(line.author.name, NAME, WIDTH / 2)
  const [x, y] = [PAGE.margin + INDENT, sheet.y - NAME.size]
  sheet.file.bar(PAGE.margin, sheet.y - 12, 2, 13, bar)
  sheet.file.text(name, x, y, NAME)
  const after = x + (name.width * NAME.size) / 1000 + 8
  sheet.file.text(one(`${roleOf(line)}, ${momentOf(line)}`, LABEL), after, y, LABEL)
  sheet.y -= 14
  if (line.text) sheet.paragraphs(line.text, BODY, x, WIDTH - INDENT, bar)
  for (const file of line.attachments) sheet.paragraphs(`Attached: ${fileOf(file)}`, LABEL, x, WIDTH - INDENT, bar)
}

function numberPages(file: PdfFile): void {
  for (let page = 0; page < file.pageCount; page++) {
    const line = one(`${page + 1} / ${file.pageCount}`, LABEL)
    file.text(line, PAGE.width - PAGE.margin - (line.width * LABEL.size) / 1000, PAGE.margin - 14, LABEL, page)
  }
}

/** The first line only: names and labels are cut, not wrapped. */
const one = (text: string, { size }: Style, width = WIDTH): TextLine => setParagraph(text, (width * 1000) / size)[0]!
