/** A PDF file: pages of lines and bars, with the used part of each font embedded and a table that leads back to the text. */
import { deflateSync } from 'node:zlib'
import { type FontName, openFont } from './fonts.ts'
import type { Drawn, TextLine } from './paragraph.ts'
import { subsetFont } from './subset-font.ts'

export type Colour = readonly [red: number, green: number, blue: number]

/** A4, in points. */
export const PAGE = { width: 595, height: 842, margin: 56 } as const

export interface Style {
  size: number
  colour: Colour
  bold?: boolean
}

export class PdfFile {
  private readonly pages: string[][] = []
  /** Font → glyph → what it stands for. */
  private readonly used = new Map<FontName, Map<number, string>>()

  addPage(): void {
    this.pages.push([])
  }

  get pageCount(): number {
    return this.pages.length
  }

  /** Draws a line of text with its left end at `x` and its foot at `y`; on the last page unless another is named. */
  text(line: TextLine, x: number, y: number, { size, colour, bold }: Style, page = this.pages.length - 1): void {
    const runs = runsOf(line.glyphs).map(({ font, glyphs }) => {
      const codes = glyphs.map((glyph) => this.note(glyph)).join('')
      return `/${font} ${size} Tf <${codes}> Tj`
    })
    // A stroke in the colour of the letters makes them bold without a second font.
    const weight = bold ? `2 Tr ${size * 0.025} w ${colour.join(' ')} RG` : '0 Tr'
    this.pages[page]!.push(
      `BT ${colour.join(' ')} rg ${weight} 1 0 0 1 ${x.toFixed(2)} ${y.toFixed(2)} Tm`,
      ...runs,
      'ET',
    )
  }

  bar(x: number, y: number, width: number, height: number, colour: Colour): void {
    const box = [x, y, width, height].map((n) => n.toFixed(2)).join(' ')
    this.pages.at(-1)!.push(`${colour.join(' ')} rg ${box} re f`)
  }

  finish(about: { title: string; language: string }): Buffer {
    const objects = new Objects()
    const fonts = [...this.used].map(([name, glyphs]) => `/${name} ${embed(objects, name, glyphs)} 0 R`)
    const parent = objects.reserve()
    const kids = this.pages.map((drawing) => {
      const content = objects.stream('', Buffer.from(drawing.join('\n')))
      return objects.add(
        `<< /Type /Page /Parent ${parent} 0 R /MediaBox [0 0 ${PAGE.width} ${PAGE.height}] /Contents ${content} 0 R ` +
          `/Resources << /Font << ${fonts.join(' ')} >> >> >>`,
      )
    })
    objects.put(parent, `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`)
    const root = objects.add(
      `<< /Type /Catalog /Pages ${parent} 0 R /Lang (${about.language}) /ViewerPreferences << /DisplayDocTitle true >> >>`,
    )
    const info = objects.add(`<< /Title <FEFF${utf16(about.title)}> /Producer (Earshot) >>`)
    return objects.written(root, info)
  }

  private note({ font, id, text }: Drawn): string {
    const glyphs = this.used.get(font) ?? new Map<number, string>()
    this.used.set(font, glyphs)
    if (!glyphs.has(id)) glyphs.set(id, text)
    return hex(id)
  }
}

const hex = (value: number): string => value.toString(16).padStart(4, '0').toUpperCase()
const utf16 = (text: string): string => Array.from({ length: text.length }, (_, i) => hex(text.charCodeAt(i))).join('')

function runsOf(glyphs: Drawn[]): { font: FontName; glyphs: Drawn[] }[] {
  const runs: { font: FontName; glyphs: Drawn[] }[] = []
  for (const glyph of glyphs) {
    const last = runs.at(-1)
    if (last?.font === glyph.font) last.glyphs.push(glyph)
    else runs.push({ font: glyph.font, glyphs: [glyph] })
  }
  return runs
}

function embed(objects: Objects, name: FontName, glyphs: Map<number, string>): number {
  const font = openFont(name)
  const scaled = (value: number) => Math.round((value * 1000) / font.unitsPerEm)
  const bytes = subsetFont(font, glyphs.keys())
  const file = objects.stream(`/Length1 ${bytes.length}`, bytes)
  const descriptor = objects.add(
    `<< /Type /FontDescriptor /FontName /EARSHO+${name} /Flags 4 /FontBBox [${font.box.map(scaled).join(' ')}] /ItalicAngle 0 ` +
      `/Ascent ${scaled(font.ascent)} /Descent ${scaled(font.descent)} /CapHeight ${scaled(font.ascent)} /StemV 80 /FontFile2 ${file} 0 R >>`,
  )
  const widths = [...glyphs.keys()].map((id) => `${id} [${scaled(font.advanceOf(id))}]`).join(' ')
  const descendant = objects.add(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /EARSHO+${name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> ` +
      `/FontDescriptor ${descriptor} 0 R /DW 1000 /W [${widths}] /CIDToGIDMap /Identity >>`,
  )
  const toUnicode = objects.stream('', Buffer.from(textTable(glyphs)))
  return objects.add(
    `<< /Type /Font /Subtype /Type0 /BaseFont /EARSHO+${name} /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] /ToUnicode ${toUnicode} 0 R >>`,
  )
}

/** A hundred lines at a time is what readers take. */
function textTable(glyphs: Map<number, string>): string {
  const lines = [...glyphs].map(([id, text]) => `<${hex(id)}> <${utf16(text)}>`)
  const blocks = Array.from({ length: Math.ceil(lines.length / 100) }, (_, i) => lines.slice(i * 100, i * 100 + 100))
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <FFFF> endcodespacerange',
    ...blocks.map((block) => `${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`),
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n')
}

/** The numbered objects a PDF is made of. */
class Objects {
  private readonly bodies: Buffer[] = []

  reserve(): number {
    return this.bodies.push(Buffer.alloc(0))
  }

  put(number: number, body: string | Buffer): void {
    this.bodies[number - 1] = Buffer.from(body)
  }

  add(body: string | Buffer): number {
    const number = this.reserve()
    this.put(number, body)
    return number
  }

  stream(dictionary: string, bytes: Buffer): number {
    const packed = deflateSync(bytes)
    const head = `<< ${dictionary} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`
    return this.add(Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream')]))
  }

  written(root: number, info: number): Buffer {
    const pieces = [Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n', 'latin1')]
    let end = pieces[0]!.length
    const places = this.bodies.map((body, i) => {
      const place = end
      const piece = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')])
      pieces.push(piece)
      end += piece.length
      return `${String(place).padStart(10, '0')} 00000 n \n`
    })
    const size = this.bodies.length + 1
    pieces.push(
      Buffer.from(
        `xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size ${size} /Root ${root} 0 R /Info ${info} 0 R >>\nstartxref\n${end}\n%%EOF\n`,
      ),
    )
    return Buffer.concat(pieces)
  }
}
