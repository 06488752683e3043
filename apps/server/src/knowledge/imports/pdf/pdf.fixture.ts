/** PDFs for tests, written by hand: pages of lines, a page that is only drawn, and files that mean harm. */
import { deflateSync } from 'node:zlib'

export type PdfLine = { text: string; size?: number; gap?: number }

const object = (body: string | Buffer, dictionary?: string): Buffer =>
  dictionary === undefined
    ? Buffer.from(body)
    : Buffer.concat([
        Buffer.from(`<< ${dictionary} /Length ${body.length} >>\nstream\n`),
        Buffer.from(body),
        Buffer.from('\nendstream'),
      ])

/** Objects of a file, the first its catalogue. */
function pdf(objects: Buffer[], trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')]
  const places: number[] = []
  let at = parts[0]!.length
  objects.forEach((body, i) => {
    const whole = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), body, Buffer.from('\nendobj\n')])
    places.push(at)
    at += whole.length
    parts.push(whole)
  })
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(parts)
}

function drawn(contents: Buffer[], trailer?: string): Buffer {
  const kids = contents.map((_, i) => `${4 + i * 2} 0 R`).join(' ')
  return pdf(
    [
      object('<< /Type /Catalog /Pages 2 0 R >>'),
      object(`<< /Type /Pages /Kids [${kids}] /Count ${contents.length} >>`),
      object('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'),
      ...contents.flatMap((content, i) => [
        object(
          `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents ${5 + i * 2} 0 R >>`,
        ),
        content,
      ]),
    ],
    trailer,
  )
}

export function pdfFile(...pages: PdfLine[][]): Buffer {
  return drawn(
    pages.map((lines) => {
      let y = 780
      const shown = lines.map(({ text, size = 11, gap = 0 }) => {
        y -= size * 1.3 + gap
        return `BT /F ${size} Tf 60 ${y.toFixed(1)} Td (${text.replace(/[\\()]/g, '\\$&').replaceAll('•', '\x95')}) Tj ET`
      })
      return object(Buffer.from(shown.join('\n'), 'latin1'), '')
    }),
  )
}

/** A scan: a picture and no word. */
export const drawnPdf = (): Buffer => drawn([object('0 0 595 842 re f', '')])

/** Some hundred kilobytes that become hundreds of megabytes of operators. */
export const pdfBomb = (): Buffer =>
  drawn([object(deflateSync(Buffer.alloc(400 * 1024 * 1024, 'BT (xxxxxxxx) Tj ET\n')), '/Filter /FlateDecode')])

export const lockedPdf = (): Buffer =>
  drawn(
    [object('BT ET', '')],
    `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'00'.repeat(32)}> /U <${'11'.repeat(32)}> >> /ID [<00> <00>]`,
  )
