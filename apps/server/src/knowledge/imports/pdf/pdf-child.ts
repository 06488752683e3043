/** A process of its own that reads one PDF from its input and writes what it says: no secrets, no files, no children, and it may be ended at any time. */
import { getDocumentProxy } from 'unpdf'
import { layOut, type Piece } from './lay-out.ts'

const MOST_PAGES = 300
const MOST_PIECES = 400_000

type Said = { markdown: string } | { refused: 'size' | 'broken' | 'locked' | 'no_text' }

async function read(bytes: Uint8Array): Promise<Said> {
  const pdf = await getDocumentProxy(bytes, {
    disableFontFace: true,
    useSystemFonts: false,
    stopAtErrors: false,
    verbosity: 0,
  })
  if (pdf.numPages > MOST_PAGES) return { refused: 'size' }
  const pages: Piece[][] = []
  let count = 0
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent()
    const pieces = items.flatMap((item) => ('str' in item ? [pieceOf(item)] : []))
    count += pieces.length
    if (count > MOST_PIECES) return { refused: 'size' }
    pages.push(pieces)
    page.cleanup()
  }
  const markdown = layOut(pages)
  // A page that was scanned is a picture: there are no words in it to read.
  return markdown.trim() === '' ? { refused: 'no_text' } : { markdown }
}

function pieceOf(item: { str: string; transform: number[]; width: number; height: number; hasEOL: boolean }): Piece {
  const [, , , scale = 0, x = 0, y = 0] = item.transform
  return { str: item.str, x, y, width: item.width, height: item.height || Math.abs(scale), ends: item.hasEOL }
}

const failed = (error: unknown): Said =>
  error instanceof Error && error.name === 'PasswordException' ? { refused: 'locked' } : { refused: 'broken' }

const chunks: Buffer[] = []
for await (const chunk of process.stdin) chunks.push(chunk)
const bytes = new Uint8Array(Buffer.concat(chunks))
process.stdout.write(JSON.stringify(await read(bytes).catch(failed)))
