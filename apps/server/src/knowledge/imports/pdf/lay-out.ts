/** Pieces of text and where they stand on pages → Markdown: lines, paragraphs, headings by their size; what stands on every page is left out. */

export interface Piece {
  str: string
  x: number
  y: number
  width: number
  height: number
  /** The line ends behind it. */
  ends: boolean
}

interface Line {
  text: string
  size: number
  y: number
}

const MOST_HEADING = 150

export function layOut(pages: Piece[][]): string {
  const lines = withoutRunning(pages.map(linesOf))
  const body = bodySize(lines.flat())
  const sizes = [...new Set(lines.flat().flatMap((line) => (isHeading(line, body) ? [line.size] : [])))].sort(
    (a, b) => b - a,
  )
  const levelOf = (line: Line) => (isHeading(line, body) ? Math.min(4, sizes.indexOf(line.size) + 1) : 0)
  const blocks: string[] = []
  for (const page of lines) {
    let before: Line | null = null
    for (const line of page) {
      write(blocks, line, before, levelOf)
      before = line
    }
  }
  return blocks.join('\n\n')
}

/** Goes on with the block before, or begins another. */
function write(blocks: string[], line: Line, before: Line | null, levelOf: (line: Line) => number): void {
  const level = levelOf(line)
  const bullet = /^[•·▪◦‣●○*–-]\s+(?=\S)/.exec(line.text)
  const last = blocks.at(-1)
  const isNear =
    before !== null && before.size === line.size && before.y - line.y < line.size * 1.75 && before.y > line.y
  const goesOn = isNear && levelOf(before) === level && !bullet && last !== undefined
  if (bullet) {
    const item = `- ${line.text.slice(bullet[0].length)}`
    if (isNear && last?.startsWith('- ')) blocks[blocks.length - 1] = `${last}\n${item}`
    else blocks.push(item)
  } else if (goesOn) blocks[blocks.length - 1] = joined(last, line.text)
  else blocks.push(`${'#'.repeat(level)}${level > 0 ? ' ' : ''}${line.text}`)
}

/** A word that was cut at the end of its line is made whole. */
const joined = (text: string, next: string): string =>
  /\p{Ll}-$/u.test(text) && /^\p{Ll}/u.test(next) ? text.slice(0, -1) + next : `${text} ${next}`

function linesOf(pieces: Piece[]): Line[] {
  const lines: Line[] = []
  let open: Piece[] = []
  const close = () => {
    const text = spaced(open).replace(/\s+/g, ' ').trim()
    if (text !== '') lines.push({ text, size: rounded(Math.max(...open.map(({ height }) => height))), y: open[0]!.y })
    open = []
  }
  for (const piece of pieces) {
    const last = open.at(-1)
    if (last && Math.abs(last.y - piece.y) > Math.max(last.height, piece.height, 1) * 0.6) close()
    open.push(piece)
    if (piece.ends) close()
  }
  close()
  return lines
}

/** Where there is a gap there was a space. */
function spaced(pieces: Piece[]): string {
  return pieces
    .map((piece, i) => {
      const before = pieces[i - 1]
      const gap = before ? piece.x - (before.x + before.width) : 0
      return before && gap > Math.max(before.height, 1) * 0.2 ? ` ${piece.str}` : piece.str
    })
    .join('')
}

const rounded = (size: number): number => Math.round(size * 2) / 2

/** The size in which most is written. */
function bodySize(lines: Line[]): number {
  const letters = new Map<number, number>()
  for (const { size, text } of lines) letters.set(size, (letters.get(size) ?? 0) + text.length)
  return [...letters].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0])[0]
}

const isHeading = ({ size, text }: Line, body: number): boolean => size >= body * 1.15 && text.length <= MOST_HEADING

/** Heads, feet and page numbers: the first and last lines that most pages share, whatever number stands in them. */
function withoutRunning(pages: Line[][]): Line[][] {
  if (pages.length < 3) return pages
  const keyOf = ({ text }: Line) => text.replace(/\d+/g, '#')
  const seen = new Map<string, number>()
  const edges = (page: Line[]) => new Set([page[0], page.at(-1)].flatMap((line) => (line ? [keyOf(line)] : [])))
  for (const page of pages) for (const key of edges(page)) seen.set(key, (seen.get(key) ?? 0) + 1)
  const isRunning = (line: Line) => (seen.get(keyOf(line)) ?? 0) >= pages.length * 0.6
  return pages.map((page) => page.filter((line, i) => !((i === 0 || i === page.length - 1) && isRunning(line))))
}
